import type { WireClient, WireResourceServer } from '../../src/applications/wire.ts';
import type { WireUser } from '../../src/cli/userWire.ts';
import { type Database, openDatabase } from '../../src/database/database.ts';
import { updateTenantSettings } from '../../src/tenant/tenantSettings.ts';
import type { StartServer, TestServer } from '../support/server.ts';
import { AuthenticatorApp } from './authenticatorApp.ts';
import { type Answer, get, postForm, postJson } from './wireCalls.ts';

/** An application as its developer knows it. */
export interface Application {
  clientId: string;
  clientSecret: string;
}

/** Somebody with an account. */
export interface Person {
  userId: string;
  email: string;
  password: string;
  /** Once enrolled. */
  app?: AuthenticatorApp;
  /** As shown last. */
  recoveryCode?: string;
}

/** Somebody who answers with an authenticator app. */
export type EnrolledPerson = Person & { app: AuthenticatorApp; recoveryCode: string };

/** Where applications of these tests receive authorization responses. Nothing listens there. */
export const callback = 'https://app.example.com/callback';
/** Where their users end after a logout. */
export const afterLogout = 'https://app.example.com/bye';

/** What of that which `--dev` switches on stays on; by default nothing, as on a server of an operator. */
export interface DeploymentOptions {
  /** Phone and e-mail. */
  sentCodes?: boolean;
  /** Security keys and devices. */
  keys?: boolean;
  /** Requests to devices, also to those that compare no numbers. */
  push?: boolean;
}

/** A server over TLS, set up by its command line as an operator would. */
export class Deployment {
  readonly server: TestServer;
  readonly issuer: string;
  /** What an Auth0 SDK calls `domain`. */
  readonly domain: string;
  #people = 0;
  #numbers = 0;
  #enrolmentOffice: Promise<Application> | undefined;

  private constructor(server: TestServer) {
    this.server = server;
    this.issuer = `${server.baseUrl}/`;
    this.domain = server.domain;
  }

  static async start(
    start: StartServer,
    { sentCodes = false, keys = false, push = false }: DeploymentOptions = {},
  ): Promise<Deployment> {
    const deployment = new Deployment(await start({ https: true }));
    const off = [
      ...(keys ? [] : ['webauthn-roaming', 'webauthn-platform']),
      ...(sentCodes ? [] : ['phone', 'email']),
      ...(push ? [] : ['push-notification']),
    ];
    await deployment.#switchOff(...off);
    if (push) {
      const any = 'allow_devices_without_number_matching=true';
      await deployment.server.cli('factor', 'settings', 'push-notification', any);
    }
    return deployment;
  }

  /** `client create` with these flags; a callback and a logout URL are there already. */
  async application(...flags: string[]): Promise<Application> {
    const client = await this.server.cli<WireClient>(
      'client',
      'create',
      ...['--name', 'Interop application', '--callbacks', callback, '--allowed-logout-urls', afterLogout],
      ...flags,
    );
    return { clientId: client.client_id, clientSecret: client.client_secret ?? '' };
  }

  /** `api create` with these flags. */
  api(identifier: string, ...flags: string[]): Promise<WireResourceServer> {
    return this.server.cli<WireResourceServer>('api', 'create', '--identifier', identifier, ...flags);
  }

  /** `user create`: a person of the test's own. */
  async person(): Promise<Person> {
    this.#people += 1;
    const email = `person${this.#people}@example.com`;
    const password = 'seven green apples';
    const flags = ['--email', email, '--password', password, '--email-verified', '--name', 'Kim Person'];
    const user = await this.server.cli<WireUser>('user', 'create', ...flags);
    return { userId: user.user_id, email, password };
  }

  /** A person who enrolled an authenticator app and has two of its codes left for this half minute. */
  async enrolledPerson(): Promise<EnrolledPerson> {
    const person = await this.person();
    this.#enrolmentOffice ??= this.application(
      ...['--mfa-policy', 'always', '--grant-types', 'password,mfa-otp'],
    );
    const office = await this.#enrolmentOffice;
    const credentials = { client_id: office.clientId, client_secret: office.clientSecret };
    const login = { username: person.email, password: person.password };
    const { body } = await this.token({ grant_type: 'password', ...credentials, ...login });
    const associated = await postJson(
      `${this.issuer}mfa/associate`,
      { authenticator_types: ['otp'] },
      { authorization: `Bearer ${body.mfa_token}` },
    );
    const app = AuthenticatorApp.scan(associated.body.barcode_uri);
    const confirmed = await this.token({
      ...{ grant_type: 'http://auth0.com/oauth/grant-type/mfa-otp', ...credentials },
      ...{ mfa_token: body.mfa_token, otp: await app.nextCode() },
    });
    if (confirmed.status !== 200) throw new Error(`The enrolment failed: ${JSON.stringify(confirmed.body)}`);
    return { ...person, app, recoveryCode: associated.body.recovery_codes[0] };
  }

  /** A number of the test's own, in E.164 form. */
  number(): string {
    this.#numbers += 1;
    return `+49151123${String(45000 + this.#numbers)}`;
  }

  /** The code of the latest message to a number or address, which came by this channel. */
  async codeSentTo(to: string, channel: 'sms' | 'voice' | 'email'): Promise<string> {
    const { body } = await get(`${this.issuer}dev/outbox.json?to=${encodeURIComponent(to)}`);
    const [latest] = body.filter((message: { code?: string }) => message.code !== undefined);
    if (latest?.channel !== channel)
      throw new Error(`The latest code came by ${latest?.channel ?? 'nothing'}, not by ${channel}.`);
    return latest.code;
  }

  /** `POST /oauth/token` with a form. */
  token(fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Answer> {
    return postForm(`${this.issuer}oauth/token`, fields, headers);
  }

  /** Makes what a person proved so much older, wherever that is remembered. */
  async ageProofs({ userId }: Person, minutes: number): Promise<void> {
    const aged = (proofs: readonly { at: number }[] = []) =>
      proofs.map((proof) => ({ ...proof, at: proof.at - minutes * 60_000 }));
    await this.#withDatabase(async ({ db }) => {
      for (const { uid, proofs } of await db.selectFrom('sessions').selectAll().execute()) {
        const change = db.updateTable('sessions').set({ proofs: JSON.stringify(aged(JSON.parse(proofs))) });
        await change.where('uid', '=', uid).where('user_id', '=', userId).execute();
      }
      const grants = db.selectFrom('oidc_records').selectAll().where('model', '=', 'Grant');
      for (const { id_hash, payload } of await grants.where('account_id', '=', userId).execute()) {
        const grant = JSON.parse(payload);
        const older = JSON.stringify({ ...grant, proofs: aged(grant.proofs) });
        await db.updateTable('oidc_records').set({ payload: older }).where('id_hash', '=', id_hash).execute();
      }
    });
  }

  /** Makes everything that a person began at a second factor so much older. */
  async ageTransactions({ userId }: Person, minutes: number): Promise<void> {
    const ms = minutes * 60_000;
    await this.#withDatabase(async ({ db }) => {
      await db
        .updateTable('mfa_transactions')
        .set((row) => ({
          created_at: row('created_at', '-', ms),
          expires_at: row('expires_at', '-', ms),
        }))
        .where('user_id', '=', userId)
        .execute();
    });
  }

  /** Makes every code sent to a person run out. */
  async expireCodes({ userId }: Person): Promise<void> {
    await this.#withDatabase(async ({ db }) => {
      const expired = { expires_at: Date.now() - 1 };
      await db.updateTable('challenges').set(expired).where('user_id', '=', userId).execute();
    });
  }

  /** Lets nobody wait any more for having denied requests. */
  async forgetDenials(): Promise<void> {
    await this.#withDatabase(async ({ db }) => {
      await db.deleteFrom('device_denials').execute();
    });
  }

  /** Types of the tenant's log events about a person, in their order. */
  eventsOf({ userId }: Person): Promise<string[]> {
    return this.#withDatabase(async ({ db }) => {
      const rows = await db
        .selectFrom('logs')
        .select('type')
        .where('user_id', '=', userId)
        .orderBy('log_id')
        .execute();
      return rows.map(({ type }) => type);
    });
  }

  /** What `--dev` adds is taken back, without a command for each: every suite does it. */
  async #switchOff(...names: string[]): Promise<void> {
    const off = Object.fromEntries(names.map((name) => [name, { enabled: false }]));
    await this.#withDatabase((database) =>
      database.transaction((trx) =>
        updateTenantSettings(trx, Date.now(), (settings) => ({
          ...settings,
          factors: { ...settings.factors, ...off },
          showFactorListOnEnrolment: false,
        })),
      ),
    );
  }

  async #withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
    const database = await openDatabase(this.server.database);
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  }
}
