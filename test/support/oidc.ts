import { createHash, randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { type Accounts, createAccounts } from '../../src/accounts/accounts.ts';
import { findUserById, noteProvedAddress, recordLogin, vouchForPassword } from '../../src/accounts/users.ts';
import type { Client, ClientDraft } from '../../src/applications/client.ts';
import { createClient } from '../../src/applications/clients.ts';
import { isRegisteredOrigin } from '../../src/applications/registeredOrigins.ts';
import type { ResourceServerDraft } from '../../src/applications/resourceServer.ts';
import { createResourceServer } from '../../src/applications/resourceServers.ts';
import { systemClock } from '../../src/config/clock.ts';
import { generateMasterKey } from '../../src/crypto/masterKey.ts';
import { ensureSigningKeys } from '../../src/crypto/signingKeys.ts';
import { openVault, type Vault } from '../../src/crypto/vault.ts';
import type { Database } from '../../src/database/database.ts';
import { factors } from '../../src/factors/factors.ts';
import { registerCors } from '../../src/http/cors.ts';
import { type App, createApp } from '../../src/http/createApp.ts';
import { MfaEngine } from '../../src/mfa/engine.ts';
import type { Shown } from '../../src/mfa/factor.ts';
import { createRegistry } from '../../src/mfa/registry.ts';
import type { Proof } from '../../src/mfa/transaction.ts';
import { registerOidc } from '../../src/oidc/mount.ts';
import { createOidc, type Oidc } from '../../src/oidc/oidc.ts';
import type { OidcPages } from '../../src/oidc/pages.ts';
import { type TenantSettings, updateTenantSettings } from '../../src/tenant/tenantSettings.ts';
import { connectNowhere } from './connectNowhere.ts';
import { codeOf, context } from './engine.ts';

export const issuer = 'https://login.example.com/';
export const callback = 'https://app.example.com/callback';
export const password = 'correct horse battery staple';
const connection = 'Username-Password-Authentication';
const masterKey = generateMasterKey();

/** OpenID Connect over the real engine, accounts and storage; the pages are played by the test. */
export interface TestOidc {
  app: App;
  oidc: Oidc;
  database: Database;
  vault: Vault;
  engine: MfaEngine;
  accounts: Accounts;
  addClient(draft?: Partial<ClientDraft>): Promise<{ client: Client; clientSecret: string }>;
  addApi(draft: ResourceServerDraft): Promise<void>;
  addUser(email?: string): Promise<string>;
  setTenant(change: Partial<TenantSettings>): Promise<void>;
  /** Posts a form to a path and returns status, headers and the parsed body. */
  post(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Answer>;
  token(fields: Record<string, string>, headers?: Record<string, string>): Promise<Answer>;
  browser(): Browser;
  events(): Promise<string[]>;
  /** Another process on the same database. */
  restart(): Promise<TestOidc>;
}

export interface Answer {
  status: number;
  headers: Record<string, unknown>;
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the endpoint answered
  body: any;
}

const plain = (body: string, status = 200) => ({ status, headers: { 'content-type': 'text/html' }, body });

/** Pages that show nothing but what they were given. */
const pages: OidcPages = {
  error: async (_wishes, status, detail = '') => plain(`error: ${detail}`, status),
  expired: async () => plain('expired', 400),
  confirmLogout: async (_wishes, question) => plain(`confirm: ${JSON.stringify(question)}`),
  rateLimited: async () => plain('rate limited', 429),
  unavailable: () => ({ ...plain('unavailable'), status: 503 }),
  signedOut: async () => plain('signed out'),
};

export async function createTestOidc(database: Database): Promise<TestOidc> {
  const vault = await openVault(database, masterKey, systemClock);
  await ensureSigningKeys(database, vault, systemClock);
  const engine = new MfaEngine({
    database,
    vault,
    clock: systemClock,
    registry: createRegistry(factors),
    origin: new URL(issuer).origin,
    findUser: findUserById,
    recordLogin: (trx, userId) => recordLogin(trx, systemClock, userId),
    notify: async () => {},
    sendCode: async () => {},
    sendPush: async () => {},
    vouchForPassword,
    noteProvedAddress,
    connect: connectNowhere,
    afterSending: () => {},
  });
  const accounts = createAccounts({
    database,
    vault,
    clock: systemClock,
    onPasswordChanged: [],
    afterQueueing: () => {},
  });
  const oidc = createOidc({ publicUrl: issuer, database, vault, clock: systemClock, engine, accounts });
  const app = createApp({
    publicUrl: issuer,
    trustedProxies: [],
    isDevelopment: false,
    logger: pino({ level: process.env.TEST_LOG ?? 'silent' }),
  });
  registerCors(app, (origin) => isRegisteredOrigin(database.db, origin));
  registerOidc(app, oidc, pages);
  const post = async (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) => {
    const response = await app.inject({
      method: 'POST',
      url: path,
      headers: { 'content-type': 'application/x-www-form-urlencoded', host: 'login.example.com', ...headers },
      payload: new URLSearchParams(fields).toString(),
    });
    return { status: response.statusCode, headers: response.headers, body: parsed(response.body) };
  };

  return {
    app,
    oidc,
    database,
    vault,
    engine,
    accounts,
    addClient: (draft = {}) =>
      createClient(database.db, vault, systemClock, {
        name: 'Test application',
        callbacks: [callback],
        allowedLogoutUrls: ['https://app.example.com/bye'],
        webOrigins: ['https://app.example.com'],
        ...draft,
      }),
    addApi: async (draft) => {
      await createResourceServer(database.db, issuer, systemClock, draft);
    },
    async addUser(email = 'kim@example.com') {
      const created = await accounts.createUser({ connection, email, password, emailVerified: true });
      if (created.outcome !== 'created') throw new Error(`No user was created: ${created.outcome}.`);
      return created.user.id;
    },
    setTenant: async (change) => {
      await database.transaction((trx) =>
        updateTenantSettings(trx, systemClock(), (settings) => ({ ...settings, ...change })),
      );
    },
    post,
    token: (fields, headers) => post('/oauth/token', fields, headers),
    browser: () => new Browser(app, oidc),
    events: async () => {
      const rows = await database.db.selectFrom('logs').select('type').orderBy('log_id').execute();
      return rows.map((row) => row.type);
    },
    restart: () => createTestOidc(database),
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

/** A browser with cookies of its own; the pages' part of a sign-in is played by calling the interactions. */
export class Browser {
  /** By name; one that isn't for every path by `name;path`. */
  readonly cookies = new Map<string, string>();
  readonly #app: App;
  readonly #oidc: Oidc;

  constructor(app: App, oidc: Oidc) {
    this.#app = app;
    this.#oidc = oidc;
  }

  get cookieHeader(): string {
    return this.#cookiesFor('/');
  }

  #cookiesFor(path: string): string {
    const sent = [...this.cookies].filter(([key]) => path.startsWith(key.split(';')[1] ?? '/'));
    return sent.map(([key, value]) => `${key.split(';')[0]}=${value}`).join('; ');
  }

  async request(
    method: 'GET' | 'POST',
    url: string,
    { form, headers = {} }: { form?: Record<string, string>; headers?: Record<string, string> } = {},
  ) {
    const { pathname, search } = new URL(url, issuer);
    const response = await this.#app.inject({
      method,
      url: pathname + search,
      headers: {
        host: 'login.example.com',
        cookie: this.#cookiesFor(pathname),
        ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
        ...headers,
      },
      ...(form ? { payload: new URLSearchParams(form).toString() } : {}),
    });
    for (const { name, value, expires, path = '/' } of response.cookies) {
      const key = path === '/' ? name : `${name};${path}`;
      if (expires && expires.getTime() < Date.now()) this.cookies.delete(key);
      else this.cookies.set(key, value);
    }
    const location = response.headers.location;
    return {
      status: response.statusCode,
      headers: response.headers,
      body: response.body,
      location: location === undefined ? undefined : new URL(location, issuer),
    };
  }

  get(url: string, headers?: Record<string, string>) {
    return this.request('GET', url, headers ? { headers } : {});
  }

  /** Opens `/authorize`; with PKCE unless told otherwise. */
  async authorize(clientId: string, parameters: Record<string, string> = {}) {
    const verifier = randomBytes(32).toString('base64url');
    const query = new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      redirect_uri: callback,
      scope: 'openid profile email',
      state: 'the-state',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...parameters,
    });
    for (const [name, value] of [...query]) if (value === '') query.delete(name);
    const answer = await this.get(`/authorize?${query}`);
    return { ...answer, verifier };
  }

  /** Plays the pages: stores the result of the interaction that the browser was sent to, and resumes. */
  async finish(
    location: URL | undefined,
    userId: string,
    proofs: Proof[] = [{ factor: 'password', at: Date.now() }],
  ) {
    const uid = location?.searchParams.get('state') ?? '';
    const interaction = await this.#oidc.interactions.find(uid, this.cookieHeader);
    if (!interaction) throw new Error(`There is no interaction at ${location}.`);
    return this.get(await this.#oidc.interactions.finish(uid, { userId, proofs }));
  }

  /** Signs in from the start; returns the authorization response's parameters. */
  async signIn(clientId: string, userId: string, parameters: Record<string, string> = {}, proofs?: Proof[]) {
    const { location, verifier } = await this.authorize(clientId, parameters);
    const resumed = await this.finish(location, userId, proofs);
    const code = resumed.location?.searchParams.get('code');
    if (!code) throw new Error(`No code at ${resumed.location}: ${resumed.status} ${resumed.body}`);
    return { code, verifier, response: resumed.location as URL };
  }
}

/** Enrols one-time passwords and returns the proof that a session would remember, and the secret. */
export async function enrolOtp(
  house: TestOidc,
  userId: string,
  client: Client,
): Promise<{ proof: Proof; secret: string; beside?: Shown }> {
  const begun = await house.engine.begin(
    {
      purpose: 'login',
      userId,
      client: { id: client.clientId, name: client.name, mfaPolicy: 'always' },
      acrValues: [],
      scope: [],
      stepUpScopes: [],
      mfaAudience: false,
      proofs: [{ factor: 'password', at: Date.now() }],
    },
    { token: true },
    context,
  );
  if (begun.outcome !== 'begun') throw new Error(`Nothing to enrol for: ${begun.outcome}.`);
  const enrolment = await house.engine.beginEnrolment(begun.transaction.id, { factor: 'otp' }, context);
  if (enrolment.outcome !== 'begun') throw new Error(`Enrolment refused: ${enrolment.code}.`);
  const secret = enrolment.shown.secret as string;
  // The code of the step before, so that the present one is unused.
  const code = await codeOf(secret, Date.now() - 30_000);
  await house.engine.submit(begun.transaction.id, { factor: 'otp', proof: code }, context);
  const completed = await house.engine.complete(begun.transaction.id);
  if (completed.outcome !== 'completed')
    throw new Error(`Enrolment was not completed: ${completed.outcome}.`);
  const proof = completed.proofs.find((candidate) => candidate.factor === 'otp');
  if (!proof) throw new Error('There is no proof of the one-time password.');
  return { proof, secret, ...(enrolment.beside ? { beside: enrolment.beside } : {}) };
}
