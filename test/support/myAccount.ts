import { pino } from 'pino';
import { createAccounts } from '../../src/accounts/accounts.ts';
import { sessionClaim } from '../../src/accounts/sessionsOfPerson.ts';
import { registerMyAccountApi } from '../../src/api/my-account/index.ts';
import { createClient } from '../../src/applications/clients.ts';
import { myAccountAudience, systemApis } from '../../src/applications/resourceServer.ts';
import { AccessTokenVerifier } from '../../src/crypto/accessTokens.ts';
import { signJwt } from '../../src/crypto/jwt.ts';
import { KeyRing } from '../../src/crypto/keyRing.ts';
import { hashPassword } from '../../src/crypto/passwordHash.ts';
import { ensureSigningKeys } from '../../src/crypto/signingKeys.ts';
import { createApp } from '../../src/http/createApp.ts';
import { proofsClaim } from '../../src/mfa/proofsClaim.ts';
import type { Proof } from '../../src/mfa/transaction.ts';
import type { TestDatabase } from './databases.ts';
import { codeOf, createTestEngine, type TestEngine } from './engine.ts';

export const issuer = 'https://login.example.com/';
export const password = 'four small brown foxes';
const passwordHash = hashPassword(password);

/** Every scope of the API. */
export const everyScope = systemApis(issuer)
  .filter(({ identifier }) => identifier === myAccountAudience(issuer))
  .flatMap(({ scopes }) => scopes.map(({ value }) => value))
  .join(' ');

/** What a call was answered with. */
export interface Answer {
  status: number;
  headers: Record<string, string | string[] | number | undefined>;
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the endpoint answered
  body: any;
}

/** What a token says. */
export interface TokenWishes {
  proofs?: readonly Proof[];
  scope?: string;
  clientId?: string;
  claims?: Record<string, unknown>;
  sessionId?: string;
}

/** A person with an application of theirs, as the My Account API sees them. */
export interface Holder {
  readonly userId: string;
  /** Proofs that tokens of theirs are granted on from now on. */
  proofs: Proof[];
  /** Calls with a token of every scope, or of those that are wished for. */
  call(method: string, path: string, body?: unknown, wishes?: TokenWishes): Promise<Answer>;
  token(wishes?: TokenWishes): Promise<string>;
  /** Enrols one-time passwords by the API, and has proved them just now. Returns the method's id and a way to codes. */
  enrolOtp(): Promise<{ id: string; secret: string; recoveryCodes?: string[] }>;
}

/** The My Account API over the real engine, accounts and storage, with a clock that only the test moves. */
export interface TestMyAccount {
  house: TestEngine;
  clientId: string;
  otherClientId: string;
  holder(userId: string): Promise<Holder>;
  send(
    method: string,
    path: string,
    options?: { token?: string; body?: unknown; headers?: Record<string, string>; payload?: string },
  ): Promise<Answer>;
  close(): Promise<void>;
}

export async function createTestMyAccount(database: TestDatabase): Promise<TestMyAccount> {
  const house = await createTestEngine(database);
  const { engine, vault, clock } = house;
  const tell = () => clock.now;
  await ensureSigningKeys(database, vault, tell);
  const keys = new KeyRing(database.db, vault, tell);
  const accounts = createAccounts({
    database,
    vault,
    clock: tell,
    onPasswordChanged: [
      (trx, userId) => engine.browsers.forgetWith(trx, userId),
      (trx, userId) => engine.endTransactions(trx, userId),
    ],
    afterQueueing: () => {},
  });
  const [own, other] = await Promise.all(
    ['Shop', 'Forum'].map((name) => createClient(database.db, vault, tell, { name, appType: 'spa' })),
  );
  const clientId = own?.client.clientId ?? '';
  const otherClientId = other?.client.clientId ?? '';
  const logger = pino({ level: process.env.TEST_LOG ?? 'silent' });
  const app = createApp({ publicUrl: issuer, trustedProxies: [], isDevelopment: false, logger });
  const accessTokens = new AccessTokenVerifier(database.db, vault, tell, issuer);
  await registerMyAccountApi(app, { engine, accounts, accessTokens, database, clock: tell, issuer });
  await app.ready();

  const send: TestMyAccount['send'] = async (method, path, { token, body, headers = {}, payload } = {}) => {
    const sent = payload ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await app.inject({
      method: method as 'GET',
      url: path.startsWith('http') ? new URL(path).pathname : `/me/v1${path}`,
      headers: {
        host: 'login.example.com',
        ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(sent === undefined ? {} : { payload: sent }),
    });
    const text = response.body;
    return {
      status: response.statusCode,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  };

  async function holder(userId: string): Promise<Holder> {
    await house.addUser(userId);
    const hash = { password_hash: await passwordHash, password_changed_at: clock.now };
    await database.db.updateTable('users').set(hash).where('id', '=', userId).execute();
    const person: Holder = {
      userId,
      proofs: [{ factor: 'password', at: clock.now }],
      token({
        proofs = person.proofs,
        scope = everyScope,
        clientId: client = clientId,
        claims,
        sessionId,
      } = {}) {
        const now = Math.floor(clock.now / 1000);
        return signJwt(keys, 'RS256', 'at+jwt', {
          iss: issuer,
          aud: myAccountAudience(issuer),
          sub: userId,
          client_id: client,
          scope,
          iat: now,
          exp: now + 900,
          [proofsClaim]: proofs,
          ...(sessionId === undefined ? {} : { [sessionClaim]: sessionId }),
          ...claims,
        });
      },
      async call(method, path, body, wishes) {
        return send(method, path, { token: await person.token(wishes), body });
      },
      async enrolOtp() {
        const begun = await person.call('POST', '/authentication-methods', { type: 'totp' });
        if (begun.status !== 202) throw new Error(`Not begun: ${JSON.stringify(begun.body)}`);
        const { auth_session, manual_input_code: secret, recovery_codes: recoveryCodes } = begun.body;
        const otp_code = await codeOf(secret, clock.now);
        const confirmed = await person.call('POST', `${begun.headers.location}/verify`, {
          auth_session,
          otp_code,
        });
        if (confirmed.status !== 201) throw new Error(`Not confirmed: ${JSON.stringify(confirmed.body)}`);
        const { id } = confirmed.body;
        person.proofs = [...person.proofs, { factor: 'otp', methodId: id, at: clock.now }];
        clock.advance(30);
        return { id, secret, ...(recoveryCodes ? { recoveryCodes } : {}) };
      },
    };
    return person;
  }

  return { house, clientId, otherClientId, holder, send, close: () => app.close() };
}
