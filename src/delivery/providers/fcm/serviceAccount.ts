import { createPrivateKey, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { Type } from 'typebox';
import { callProvider, refusalOf } from '../callProvider.ts';
import { DeliveryError, type ProviderTools } from '../provider.ts';
import { readJson } from '../readJson.ts';

/** What a service account's file tells, as far as it is needed. */
const file = Type.Object({
  type: Type.Literal('service_account'),
  project_id: Type.String({ pattern: '^[0-9a-z.:-]{1,100}$' }),
  private_key_id: Type.Optional(Type.String({ maxLength: 200 })),
  private_key: Type.String(),
  client_email: Type.String({ maxLength: 320, pattern: '^\\S+@\\S+$' }),
  token_uri: Type.String({ maxLength: 500, pattern: '^https?://' }),
});

const issued = Type.Object({
  access_token: Type.String({ minLength: 1, maxLength: 8000, pattern: '^[!-~]+$' }),
  expires_in: Type.Integer({ minimum: 1 }),
});
const refused = Type.Object({ error: Type.String({ maxLength: 100 }) });

const scope = 'https://www.googleapis.com/auth/firebase.messaging';
const assertionSeconds = 3600;
/** A token that is about to expire may be dead when it arrives. */
const reserveSeconds = 300;

/** A service account that may send for a project of Firebase. */
export interface ServiceAccount {
  projectId: string;
  /** Fetched once and kept until shortly before it expires. @throws DeliveryError */
  accessToken(signal: AbortSignal): Promise<string>;
  /** The service takes it no more. */
  forgetToken(): void;
}

/**
 * Reads a service account's file.
 *
 * @throws DeliveryError `configuration` when it is none.
 */
export function serviceAccount(json: string, tools: ProviderTools): ServiceAccount {
  const account = readJson(json, file);
  if (!account) throw new DeliveryError('configuration', 'service_account');
  const key = privateKeyOf(account.private_key);
  const { clock } = tools;
  let current: { token: Promise<string>; until: number } | undefined;

  async function exchange(signal: AbortSignal): Promise<{ token: string; seconds: number }> {
    const answer = await askForToken(account as Account, key, tools, signal);
    if (answer.status !== 200) {
      const code = readJson(answer.body, refused)?.error;
      // The account was removed, or its key, or our clock is off.
      const isRefused = answer.status >= 400 && answer.status < 500 && code !== undefined;
      throw isRefused ? new DeliveryError('configuration', code) : refusalOf(answer, clock(), code);
    }
    const found = readJson(answer.body, issued);
    if (!found) throw new DeliveryError('retry', 'unreadable_token');
    return { token: found.access_token, seconds: found.expires_in };
  }

  return {
    projectId: account.project_id,
    async accessToken(signal) {
      if (current && clock() < current.until) return current.token;
      const exchanged = exchange(signal);
      // Whoever asks meanwhile waits for the same one.
      const kept = { token: exchanged.then(({ token }) => token), until: Number.POSITIVE_INFINITY };
      current = kept;
      try {
        const token = await kept.token;
        const { seconds } = await exchanged;
        kept.until = clock() + Math.max(0, seconds - reserveSeconds) * 1000;
        return token;
      } catch (error) {
        if (current === kept) current = undefined;
        throw error;
      }
    },
    forgetToken() {
      current = undefined;
    },
  };
}

type Account = { client_email: string; private_key_id?: string; token_uri: string };

/** RFC 7523 §2.1, as https://developers.google.com/identity/protocols/oauth2/service-account has it. */
async function askForToken(
  account: Account,
  key: KeyObject,
  { http, clock }: ProviderTools,
  signal: AbortSignal,
) {
  const { client_email, private_key_id, token_uri } = account;
  const now = Math.floor(clock() / 1000);
  const assertion = await new SignJWT({ scope })
    .setProtectedHeader({
      alg: 'RS256',
      typ: 'JWT',
      ...(private_key_id !== undefined && { kid: private_key_id }),
    })
    .setIssuer(client_email)
    .setAudience(token_uri)
    .setIssuedAt(now)
    .setExpirationTime(now + assertionSeconds)
    .sign(key);
  try {
    return await callProvider(http, {
      method: 'POST',
      url: token_uri,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams({
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        assertion,
      }).toString(),
      signal,
    });
  } catch (error) {
    // Without a token nothing was handed over.
    const isUnclear = error instanceof DeliveryError && error.kind === 'unknown';
    throw isUnclear ? new DeliveryError('retry', error.code, { cause: error }) : error;
  }
}

function privateKeyOf(pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'rsa') return key;
  } catch {
    // Told below: the fault's own text may repeat the key.
  }
  throw new DeliveryError('configuration', 'service_account_key');
}
