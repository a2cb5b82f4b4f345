/** What kept Duo from saying something good. */
export interface Fault {
  /** Duo can't be reached or is broken, rather than refuses what it was asked. */
  isOutage: boolean;
  /** A word for the log. */
  detail: string;
}

/** Nobody was there. A certificate of somebody else's is none of these: there, something is wrong. */
const outages: ReadonlySet<string> = new Set([
  'timeout',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EPIPE',
]);

/** Reads what Duo's library threw: an exception with what was behind it as `inner`. */
export function readFault(error: unknown): Fault {
  const { message = '', inner } = error as { message?: string; inner?: { status?: number; code?: string } };
  const { status, code } = inner ?? {};
  if (status !== undefined && status >= 500) return { isOutage: true, detail: `status_${status}` };
  if (code !== undefined) return { isOutage: outages.has(code), detail: code };
  return { isOutage: false, detail: asWord(message) };
}

/** Text of somebody else's, as a word that may stand in the log: `invalid_client: …` → `invalid_client`. */
export function asWord(text: string): string {
  const [first = ''] = text.split(':', 1);
  const word = first
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .slice(0, 60);
  return word.replaceAll(/^_+|_+$/g, '') || 'malformed_answer';
}
