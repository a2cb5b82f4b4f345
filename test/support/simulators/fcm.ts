import { createPublicKey, generateKeyPairSync, randomBytes, randomUUID, verify } from 'node:crypto';
import { Type } from 'typebox';
import { Check } from 'typebox/value';
import {
  startVendorServer,
  type VendorAnswer,
  type VendorRequest,
  type VendorServer,
} from './vendorServer.ts';

const projectId = 'acme-canary';
const scope = 'https://www.googleapis.com/auth/firebase.messaging';
const clientEmail = `sender@${projectId}.iam.gserviceaccount.com`;
const hourSeconds = 3600;
const largestData = 4096;

/** One data message as it was posted. */
export interface FcmMessage {
  token: string;
  data: Record<string, string>;
  android: { priority: string; ttl: string; collapse_key: string };
}

const strict = { additionalProperties: false } as const;
/** The members of `messages:send` that are in use here. */
const sendRequest = Type.Object(
  {
    validate_only: Type.Optional(Type.Boolean()),
    message: Type.Object(
      {
        token: Type.String({ minLength: 1 }),
        data: Type.Optional(Type.Record(Type.String(), Type.String())),
        android: Type.Optional(
          Type.Object(
            {
              priority: Type.Union([Type.Literal('HIGH'), Type.Literal('NORMAL')]),
              ttl: Type.String({ pattern: '^\\d+(\\.\\d{1,9})?s$' }),
              collapse_key: Type.String(),
            },
            strict,
          ),
        ),
      },
      strict,
    ),
  },
  strict,
);

/** Plays Firebase Cloud Messaging and the token endpoint before it, for one project and service account. */
export interface FcmSimulator extends VendorServer {
  /** The service account's file, as it is downloaded. */
  serviceAccount: Record<string, string>;
  /** A device with the application; its registration token. */
  register(): string;
  /** The application is removed from it. */
  unregister(token: string): void;
  messages: FcmMessage[];
  /** Access tokens that were issued so far. */
  issued: string[];
  /** The service's own code with which the next messages are refused. */
  refuse(code: string | undefined, status?: number): void;
  /** What the token endpoint answers in place of a token. */
  refuseTokens(answer: VendorAnswer | undefined): void;
  /** Ends every access token. */
  revoke(): void;
}

/** Starts it on a free port. */
export async function startFcm({ clock }: { clock: () => number }): Promise<FcmSimulator> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const keyId = randomBytes(20).toString('hex');
  const devices = new Map<string, boolean>();
  const messages: FcmMessage[] = [];
  const issued: string[] = [];
  const alive = new Map<string, number>();
  let refusing: { code: string; status: number } | undefined;
  let tokenAnswer: VendorAnswer | undefined;

  const server = await startVendorServer((request) => {
    if (request.method !== 'POST') return refusal(405, 'METHOD_NOT_ALLOWED');
    if (request.url.pathname === '/token') return tokenAnswer ?? issueToken(request);
    if (request.url.pathname === `/v1/projects/${projectId}/messages:send`) return take(request);
    return refusal(404, 'NOT_FOUND');
  });

  /** https://developers.google.com/identity/protocols/oauth2/service-account#httprest */
  function issueToken({ headers, body }: VendorRequest): VendorAnswer {
    const form = new URLSearchParams(body);
    const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded');
    if (!isForm || form.get('grant_type') !== 'urn:ietf:params:oauth:grant-type:jwt-bearer') {
      return json(400, { error: 'unsupported_grant_type' });
    }
    const [header = '', claims = '', signature = ''] = (form.get('assertion') ?? '').split('.');
    const isSigned = verify(
      'sha256',
      Buffer.from(`${header}.${claims}`),
      createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })),
      Buffer.from(signature, 'base64url'),
    );
    if (!isSigned) return json(400, { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' });
    const { alg, kid } = JSON.parse(Buffer.from(header, 'base64url').toString());
    const { iss, aud, scope: asked, iat, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString());
    const now = clock() / 1000;
    const isInTime = iat <= now + 60 && exp > now && exp - iat <= hourSeconds;
    const isRight =
      alg === 'RS256' && kid === keyId && iss === clientEmail && aud === `${server.origin}/token`;
    if (!isRight || !isInTime) return json(400, { error: 'invalid_grant' });
    if (asked !== scope) return json(400, { error: 'invalid_scope' });
    const token = `ya29.canary-${randomUUID()}`;
    issued.push(token);
    alive.set(token, now + hourSeconds - 1);
    return json(200, { access_token: token, expires_in: hourSeconds - 1, token_type: 'Bearer' });
  }

  function take({ headers, body }: VendorRequest): VendorAnswer {
    const bearer = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
    if ((alive.get(bearer) ?? 0) <= clock() / 1000) return refusal(401, 'UNAUTHENTICATED');
    if (headers['content-type'] !== 'application/json') return refusal(400, 'INVALID_ARGUMENT');
    const request: unknown = JSON.parse(body);
    if (!Check(sendRequest, request)) return badRequest();
    if (refusing) return refusal(refusing.status, generalCodeOf(refusing.status), refusing.code);
    const { validate_only: isDry = false, message } = request;
    if (Buffer.byteLength(JSON.stringify(message.data ?? {})) > largestData) return badRequest();
    const isThere = devices.get(message.token);
    if (isThere === undefined) return refusal(400, 'INVALID_ARGUMENT', 'INVALID_ARGUMENT');
    if (!isThere) return refusal(404, 'NOT_FOUND', 'UNREGISTERED');
    if (isDry) return json(200, { name: `projects/${projectId}/messages/fake_message_id` });
    messages.push(message as FcmMessage);
    return json(200, { name: `projects/${projectId}/messages/0:${messages.length}%31bd1c9631bd1c96` });
  }

  return {
    ...server,
    serviceAccount: {
      type: 'service_account',
      project_id: projectId,
      private_key_id: keyId,
      private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      client_email: clientEmail,
      client_id: '100000000000000000000',
      auth_uri: 'https://accounts.google.com/o/oauth2/auth',
      token_uri: `${server.origin}/token`,
      universe_domain: 'googleapis.com',
    },
    register() {
      const token = `${randomBytes(11).toString('base64url')}:APA91b${randomBytes(96).toString('base64url')}`;
      devices.set(token, true);
      return token;
    },
    unregister: (token) => void devices.set(token, false),
    messages,
    issued,
    refuse(code, status = 400) {
      refusing = code === undefined ? undefined : { code, status };
    },
    refuseTokens(answer) {
      tokenAnswer = answer;
    },
    revoke: () => alive.clear(),
  };
}

/** The request itself is malformed: nothing about the device. */
function badRequest(): VendorAnswer {
  return json(400, {
    error: {
      code: 400,
      message: 'canary: Invalid JSON payload received.',
      status: 'INVALID_ARGUMENT',
      details: [
        {
          '@type': 'type.googleapis.com/google.rpc.BadRequest',
          fieldViolations: [{ field: 'message.data', description: 'canary' }],
        },
      ],
    },
  });
}

function refusal(status: number, general: string, own?: string): VendorAnswer {
  const details =
    own === undefined
      ? undefined
      : [{ '@type': 'type.googleapis.com/google.firebase.fcm.v1.FcmError', errorCode: own }];
  return json(status, { error: { code: status, message: 'canary', status: general, details } });
}

function generalCodeOf(status: number): string {
  const codes: Record<number, string> = {
    400: 'INVALID_ARGUMENT',
    401: 'UNAUTHENTICATED',
    403: 'PERMISSION_DENIED',
    404: 'NOT_FOUND',
    429: 'RESOURCE_EXHAUSTED',
    500: 'INTERNAL',
    503: 'UNAVAILABLE',
  };
  return codes[status] ?? 'UNKNOWN';
}

function json(status: number, body: object): VendorAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
