/** A notification as an application with Guardian's library gets it. */
export interface GuardianNotification {
  enrolmentId: string;
  transactionToken: string;
  challenge: string;
  consentId: string | undefined;
  startedAt: Date;
  /** Address of the server. */
  url: string;
  browser: string | undefined;
  system: string | undefined;
  place: string | undefined;
}

type Json = Record<string, unknown>;

/** Both libraries take exactly this form, with milliseconds. */
const dateForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Reads a payload as Guardian for iOS does: nested objects below `mfa`. Undefined when it isn't one of its own. */
export function readOnIos(payload: Json): GuardianNotification | undefined {
  const { aps, mfa } = payload as { aps?: Json; mfa?: Json };
  if (aps?.category !== 'com.auth0.notification.authentication' || !mfa) return undefined;
  return read(mfa, mfa.s as Json | undefined, mfa.l as Json | undefined);
}

/** Reads data as Guardian for Android does: texts only, with JSON in some of them. */
export function readOnAndroid(data: Json): GuardianNotification | undefined {
  if (Object.values(data).some((value) => typeof value !== 'string')) return undefined;
  const parsed = (text: unknown) => (text === undefined ? undefined : (JSON.parse(String(text)) as Json));
  return read(data, parsed(data.s), parsed(data.l));
}

function read(fields: Json, source: Json | undefined, location: Json | undefined) {
  const { dai, txtkn, c, d, sh, txlnkid } = fields;
  if ([dai, txtkn, c, d, sh].some((field) => typeof field !== 'string' || field === '')) return undefined;
  if (!dateForm.test(String(d))) return undefined;
  const host = String(sh);
  const named = (of: unknown) => (of as { n?: string } | undefined)?.n;
  return {
    enrolmentId: String(dai),
    transactionToken: String(txtkn),
    challenge: String(c),
    consentId: txlnkid === undefined ? undefined : String(txlnkid),
    startedAt: new Date(String(d)),
    url: host.startsWith('http') ? host : `https://${host}`,
    browser: named(source?.b),
    system: named(source?.os),
    place: named(location),
  };
}
