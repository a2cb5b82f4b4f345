import type { Clock } from '../config/clock.ts';
import { signJwt, verifyJwt } from '../crypto/jwt.ts';
import type { KeyRing } from '../crypto/keyRing.ts';
import type { Transaction } from './transaction.ts';

/** Who signs, and reads again what it signed. */
export interface Signatory {
  keys: KeyRing;
  clock: Clock;
  /** Public origin with a trailing slash. */
  issuer: string;
}

const typ = 'mfa+jwt';

/**
 * Says that a transaction has all that it demands, for whoever completes it with its `mfa_token`. It is
 * worth nothing without that token, and nothing once the transaction is completed.
 */
export function signCompletion(
  { keys, clock, issuer }: Signatory,
  { id, userId, expiresAt }: Pick<Transaction, 'id' | 'userId' | 'expiresAt'>,
): Promise<string> {
  return signJwt(keys, 'ES256', typ, {
    iss: issuer,
    aud: audienceOf(issuer),
    sub: userId,
    txid: id,
    iat: Math.floor(clock() / 1000),
    exp: Math.ceil(expiresAt / 1000),
  });
}

/** The id of the transaction that a token says this of; undefined when it is none of ours or too old. */
export async function readCompletion(
  { keys, clock, issuer }: Signatory,
  token: string,
): Promise<string | undefined> {
  const claims = await verifyJwt(keys, clock, token, { typ, issuer, audience: audienceOf(issuer) });
  return typeof claims?.txid === 'string' ? claims.txid : undefined;
}

function audienceOf(issuer: string): string {
  return `${issuer}mfa/completion`;
}
