import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll } from 'vitest';
import { createUser } from '../../src/accounts/createUser.ts';
import type { Client, ClientDraft } from '../../src/applications/client.ts';
import { grantTypes } from '../../src/applications/client.ts';
import { createClient } from '../../src/applications/clients.ts';
import type { ResourceServerDraft } from '../../src/applications/resourceServer.ts';
import { createResourceServer } from '../../src/applications/resourceServers.ts';
import { readSettings } from '../../src/config/readSettings.ts';
import type { Database } from '../../src/database/database.ts';
import { type House, openHouse } from '../../src/house.ts';
import { createLogger } from '../../src/http/createLogger.ts';
import { createServer, type Server } from '../../src/server.ts';
import { type TenantSettings, updateTenantSettings } from '../../src/tenant/tenantSettings.ts';
import { postgresCreator } from '../support/databases.ts';
import { codeOf } from '../support/engine.ts';
import { findFreePort } from '../support/freePort.ts';
import { serve } from '../support/servedProcess.ts';
import { recordStatements } from '../support/statements.ts';
import { type Answer, httpClient, type Send } from './httpClient.ts';
import { listingRoutes, type Route } from './routes.ts';
import { WebBrowser } from './webBrowser.ts';

export const connection = 'Username-Password-Authentication';
export const password = 'seven green apples';
export const callback = 'https://app.example.com/callback';
export const afterLogout = 'https://app.example.com/bye';
export const apiAudience = 'https://api.example.com/';
const everyGrant = Object.values(grantTypes);

/** Somebody with an account. */
export interface Person {
  id: string;
  email: string;
  /** RFC 4648 base32, once enrolled. */
  secret: string;
  recoveryCode: string;
}

/** An application and its credentials as they stand in a request body. */
export interface Application {
  client: Client;
  credentials: { client_id: string; client_secret: string };
}

export interface TargetOptions {
  /** The address it believes to have; by default the one it listens on. */
  publicUrl?: string;
  dev?: boolean;
}

/** A node in a process of its own. */
export interface SecondNode {
  send: Send;
  /** `kill -9`, and starts again. */
  restart(): Promise<void>;
  kill(): Promise<void>;
}

/** The whole server on a real socket, in this process, so that its storage and its log can be looked into. */
export class Target {
  readonly house: House;
  readonly server: Server;
  readonly issuer: string;
  readonly send: Send;
  readonly routes: readonly Route[];
  /** Milliseconds that the server's clock is ahead of this process's. oidc-provider's own isn't. */
  readonly time: { offset: number };
  /** What it logged so far, at the most talkative level. */
  readonly log: string[];
  readonly takeStatements: () => string[];
  readonly #close: () => Promise<void>;
  #people = 0;

  private constructor(parts: {
    house: House;
    server: Server;
    send: Send;
    routes: readonly Route[];
    time: { offset: number };
    log: string[];
    takeStatements: () => string[];
    close: () => Promise<void>;
  }) {
    this.house = parts.house;
    this.server = parts.server;
    this.issuer = parts.house.settings.publicUrl;
    this.send = parts.send;
    this.routes = parts.routes;
    this.time = parts.time;
    this.log = parts.log;
    this.takeStatements = parts.takeStatements;
    this.#close = parts.close;
  }

  static async start(
    databaseUrl: string | undefined,
    { publicUrl, dev = true }: TargetOptions,
  ): Promise<Target> {
    const data = mkdtempSync(join(tmpdir(), 'countersign-abuse-'));
    const port = await findFreePort();
    const settings = await readSettings({
      flags: { data, port, dev, publicUrl, databaseUrl },
      environment: {},
    });
    const time = { offset: 0 };
    const house = await openHouse(settings, () => Date.now() + time.offset);
    const log: string[] = [];
    const logger = createLogger('trace', { write: (line: string) => void log.push(line) });
    const { database, take } = recordStatements(house.database);
    const { created: server, routes } = await listingRoutes(() =>
      createServer({ ...house, database }, { logger }),
    );
    await server.listen();
    const { send, close } = httpClient(`http://localhost:${port}`);
    return new Target({
      house,
      server,
      routes,
      time,
      send,
      log,
      takeStatements: take,
      async close() {
        close();
        await server.close();
        await house.close();
        rmSync(data, { recursive: true, force: true });
      },
    });
  }

  close(): Promise<void> {
    return this.#close();
  }

  /** Another process that serves the same storage under the same address: a second node. */
  async secondNode(): Promise<SecondNode> {
    const { data, databaseUrl } = this.house.settings;
    const environment = { COUNTERSIGN_PUBLIC_URL: this.issuer, COUNTERSIGN_DATABASE_URL: databaseUrl };
    const port = await findFreePort();
    const flags = ['--dev', '--port', String(port)];
    let running = await serve(flags, data, environment);
    const { send, close } = httpClient(`http://localhost:${port}`);
    return {
      send,
      async restart() {
        await running.kill();
        running = await serve(flags, data, environment);
      },
      async kill() {
        close();
        await running.kill();
      },
    };
  }

  browser(): WebBrowser {
    return new WebBrowser(this.send, this.issuer);
  }

  /** An application that may use every grant and knows its secret, unless told otherwise. */
  async application(draft: Partial<ClientDraft> = {}): Promise<Application> {
    const { database, vault, clock } = this.house;
    const { client, clientSecret } = await createClient(database.db, vault, clock, {
      name: 'Test application',
      grantTypes: everyGrant,
      callbacks: [callback],
      allowedLogoutUrls: [afterLogout],
      webOrigins: ['https://app.example.com'],
      ...draft,
    });
    return { client, credentials: { client_id: client.clientId, client_secret: clientSecret } };
  }

  async api(draft: Partial<ResourceServerDraft> = {}): Promise<void> {
    const { database, clock } = this.house;
    await createResourceServer(database.db, this.issuer, clock, {
      identifier: apiAudience,
      scopes: [
        { value: 'read:account', description: 'See the account' },
        { value: 'transfer:money', description: 'Send money' },
      ],
      stepUpScopes: ['transfer:money'],
      allowOfflineAccess: true,
      ...draft,
    });
  }

  /** Somebody with a verified address and the usual password, without a second factor. */
  async person(email?: string, into = connection): Promise<Person> {
    this.#people += 1;
    const address = email ?? `person${this.#people}@example.com`;
    const { database, vault, clock } = this.house;
    const parts = {
      database,
      vault,
      clock,
      publicUrl: this.issuer,
      onPasswordChanged: [],
      afterQueueing: () => {},
    };
    const created = await createUser(parts, {
      connection: into,
      email: address,
      password,
      emailVerified: true,
    });
    if (created.outcome !== 'created') throw new Error(`No user was created: ${created.outcome}.`);
    return { id: created.user.id, email: address, secret: '', recoveryCode: '' };
  }

  /** Somebody who enrolled an authenticator app. The code of the present half minute is unused. */
  async enrolledPerson(application: Application): Promise<Person> {
    const person = await this.person();
    const mfaToken = await this.mfaToken(application, person, { scope: 'openid', acr: 'enrol' });
    return this.enrol(application, person, mfaToken);
  }

  /** Enrols with this `mfa_token` by the API and confirms. */
  async enrol(application: Application, person: Person, mfaToken: string): Promise<Person> {
    const { body } = await this.associate(mfaToken);
    const enrolled = { ...person, secret: body.secret, recoveryCode: body.recovery_codes?.[0] ?? '' };
    const confirmed = await this.redeem(
      application,
      mfaToken,
      await codeOf(body.secret, this.house.clock() - 30_000),
    );
    if (confirmed.status !== 200) throw new Error(`The enrolment failed: ${confirmed.text}`);
    return enrolled;
  }

  token(application: Application, fields: Record<string, string>, headers: Record<string, string> = {}) {
    return this.send('/oauth/token', { form: { ...application.credentials, ...fields }, headers });
  }

  /** The password grant. */
  login(application: Application, { email }: Person, fields: Record<string, string> = {}): Promise<Answer> {
    return this.token(application, { grant_type: 'password', username: email, password, ...fields });
  }

  /** The password grant where a second factor is demanded. */
  async mfaToken(
    application: Application,
    person: Person,
    fields: Record<string, string> = {},
  ): Promise<string> {
    const { body, text } = await this.login(application, person, fields);
    if (body?.error !== 'mfa_required') throw new Error(`Expected mfa_required: ${text}`);
    return body.mfa_token;
  }

  associate(bearer: string): Promise<Answer> {
    return this.send('/mfa/associate', {
      json: { authenticator_types: ['otp'] },
      headers: { authorization: `Bearer ${bearer}` },
    });
  }

  redeem(application: Application, mfaToken: string, otp: string, more: Record<string, string> = {}) {
    return this.token(application, { grant_type: grantTypes.mfaOtp, mfa_token: mfaToken, otp, ...more });
  }

  /** The code that the person's app shows now, or some half minutes away from now. */
  code(person: Person, steps = 0): Promise<string> {
    return codeOf(person.secret, this.house.clock() + steps * 30_000);
  }

  async setTenant(change: Partial<TenantSettings>): Promise<void> {
    const { database, clock } = this.house;
    await database.transaction((trx) =>
      updateTenantSettings(trx, clock(), (before) => ({ ...before, ...change })),
    );
  }

  /** Every row of every table, or of all but some. */
  async dump(except: readonly string[] = []): Promise<Record<string, unknown[]>> {
    const { db } = this.house.database;
    const tables = (await db.introspection.getTables())
      .map(({ name }) => name)
      .filter((name) => !except.includes(name));
    const rows: Record<string, unknown[]> = {};
    for (const table of tables.sort()) {
      const result = await sql`select * from ${sql.table(table)}`.execute(db);
      rows[table] = result.rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    }
    return rows;
  }
}

/** Starts targets on one engine; they end after the suite. Call it inside a `describe` or at the top of a file. */
export function targetStarter(engine: Database['engine'] = 'sqlite') {
  const createDatabase = engine === 'postgres' ? postgresCreator() : undefined;
  const targets: Target[] = [];
  afterAll(async () => {
    await Promise.all(targets.map((target) => target.close()));
  });
  return async (options: TargetOptions = {}): Promise<Target> => {
    const target = await Target.start((await createDatabase?.())?.url, options);
    targets.push(target);
    return target;
  };
}

/** An authorization request with PKCE, and its verifier. An empty parameter is left out. */
export function authorizationRequest({ client }: Application, parameters: Record<string, string> = {}) {
  const verifier = randomBytes(32).toString('base64url');
  const all = {
    client_id: client.clientId,
    response_type: 'code',
    redirect_uri: callback,
    scope: 'openid profile email',
    state: 'the-state',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...parameters,
  };
  const given = Object.entries(all).filter(([, value]) => value !== '');
  return { verifier, path: `/authorize?${new URLSearchParams(given)}` };
}
