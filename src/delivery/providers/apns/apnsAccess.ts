import { createPrivateKey, type KeyObject } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { SignJWT } from 'jose';
import type { Clock } from '../../../config/clock.ts';
import type { ClientCertificate } from '../../../outbound/keptConnection.ts';
import { DeliveryError } from '../provider.ts';

/** What an operator entered to sign in with: a key of the team, or a certificate of the application. */
export interface ApnsSignIn {
  keyId?: string | undefined;
  teamId?: string | undefined;
  privateKey?: string | undefined;
  /** Base64. */
  p12?: string | undefined;
  p12Password?: string | undefined;
}

/** How requests to Apple's push service are let in. */
export interface ApnsAccess {
  /** For connections; absent where requests carry a token. */
  certificate?: ClientCertificate;
  /** Headers that each request needs. */
  headers(): Promise<Readonly<Record<string, string>>>;
  /** The service says that the token is too old. */
  forgetToken(): void;
}

/** @throws DeliveryError `configuration` when it is neither way, or both, or can't be read. */
export function apnsAccess(signIn: ApnsSignIn, clock: Clock): ApnsAccess {
  const { keyId, teamId, privateKey, p12, p12Password } = signIn;
  if (privateKey !== undefined && p12 !== undefined) {
    throw new DeliveryError('configuration', 'private_key_and_p12');
  }
  if (p12 !== undefined) return byCertificate(p12, p12Password);
  if (privateKey === undefined) throw new DeliveryError('configuration', 'private_key_or_p12_missing');
  if (keyId === undefined || teamId === undefined) {
    throw new DeliveryError('configuration', 'key_id_or_team_id_missing');
  }
  return byToken({ keyId, teamId, key: privateKeyOf(privateKey) }, clock);
}

/** Apple refuses a token after an hour, and a new one within twenty minutes. */
const renewAfterSeconds = 40 * 60;
const soonestSeconds = 20 * 60;

/** https://developer.apple.com/documentation/usernotifications/establishing-a-token-based-connection-to-apns */
function byToken(
  { keyId, teamId, key }: { keyId: string; teamId: string; key: KeyObject },
  clock: Clock,
): ApnsAccess {
  let current: { token: Promise<string>; issuedAt: number } | undefined;
  const ageOf = ({ issuedAt }: { issuedAt: number }): number => Math.floor(clock() / 1000) - issuedAt;

  function token(): Promise<string> {
    const isFresh = current && ageOf(current) >= 0 && ageOf(current) < renewAfterSeconds;
    if (!current || !isFresh) {
      const issuedAt = Math.floor(clock() / 1000);
      const signed = new SignJWT()
        .setProtectedHeader({ alg: 'ES256', kid: keyId })
        .setIssuer(teamId)
        .setIssuedAt(issuedAt)
        .sign(key);
      current = { token: signed, issuedAt };
    }
    return current.token;
  }

  return {
    headers: async () => ({ authorization: `bearer ${await token()}` }),
    forgetToken() {
      if (current && ageOf(current) >= soonestSeconds) current = undefined;
    },
  };
}

function byCertificate(p12: string, passphrase: string | undefined): ApnsAccess {
  const pfx = Buffer.from(p12, 'base64');
  try {
    createSecureContext({ pfx, passphrase });
  } catch (cause) {
    throw new DeliveryError('configuration', faultOfP12(cause), { cause });
  }
  return { certificate: { pfx, passphrase }, headers: async () => ({}), forgetToken: () => {} };
}

/** Programs of old encrypted such files with RC2, which OpenSSL opens no more. */
function faultOfP12(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (code === 'ERR_CRYPTO_UNSUPPORTED_OPERATION') return 'p12_encryption_too_old';
  return /mac verify/.test(String(message)) ? 'p12_password' : 'p12';
}

function privateKeyOf(pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return key;
  } catch {
    // Told below: the fault's own text may repeat the key.
  }
  throw new DeliveryError('configuration', 'private_key');
}
