import { generate } from 'otplib';
import {
  findUserById,
  insertUser,
  noteProvedAddress,
  recordLogin,
  vouchForPassword,
} from '../../src/accounts/users.ts';
import { generateMasterKey, type MasterKey } from '../../src/crypto/masterKey.ts';
import { openVault, type Vault } from '../../src/crypto/vault.ts';
import { type Database, type Db, openDatabase } from '../../src/database/database.ts';
import { factors } from '../../src/factors/factors.ts';
import { MfaEngine } from '../../src/mfa/engine.ts';
import type { Factor } from '../../src/mfa/factor.ts';
import type { CodeToSend, EngineDependencies, EngineUser, Notice, PushToSend } from '../../src/mfa/parts.ts';
import { createRegistry } from '../../src/mfa/registry.ts';
import type { DecisionInput } from '../../src/mfa/transaction.ts';
import { type TenantSettings, updateTenantSettings } from '../../src/tenant/tenantSettings.ts';
import { connectNowhere } from './connectNowhere.ts';

/** The engine over a database of the test's own, with a clock that only the test moves. */
export interface TestEngine {
  engine: MfaEngine;
  database: Database;
  vault: Vault;
  notices: Notice[];
  /** Codes that were sent, the latest last. */
  codes: CodeToSend[];
  /** Requests to devices, likewise. */
  pushes: PushToSend[];
  clock: { now: number; advance(seconds: number): void };
  /** A second engine on the same database, as another node would have. */
  anotherNode(): Promise<MfaEngine>;
  addUser(id: string, changes?: Partial<EngineUser>): Promise<void>;
  setTenant(change: Partial<TenantSettings>): Promise<void>;
  eventTypes(userId: string): Promise<string[]>;
}

export const context = { ip: '192.0.2.7', userAgent: 'test' };
export const client = { id: 'client', name: 'Test application' };

/** Midday of a fixed day, so that no time step depends on when the test runs. */
const midday = Date.UTC(2026, 0, 15, 12);
/** One key for every engine of a test run, other processes' included. */
export const masterKey = generateMasterKey();

export async function createTestEngine(
  database: Database & { target: Parameters<typeof openDatabase>[0] },
  registered: readonly Factor[] = factors,
  key: MasterKey = masterKey,
  origin = 'https://login.example.com',
  connect: EngineDependencies['connect'] = connectNowhere,
): Promise<TestEngine> {
  const clock = {
    now: midday,
    advance(seconds: number) {
      this.now += seconds * 1000;
    },
  };
  const tell = () => clock.now;
  const notices: Notice[] = [];
  const codes: CodeToSend[] = [];
  const pushes: PushToSend[] = [];
  const build = async (over: Database) => {
    const vault = await openVault(over, key, tell);
    const engine = new MfaEngine({
      database: over,
      vault,
      clock: tell,
      registry: createRegistry(registered),
      origin,
      findUser: findUserById,
      recordLogin: (trx, userId) => recordLogin(trx, tell, userId),
      notify: async (_trx, notice) => void notices.push(notice),
      sendCode: async (_trx, code) => void codes.push(code),
      sendPush: async (_trx, push) => void pushes.push(push),
      vouchForPassword,
      noteProvedAddress,
      afterSending: () => {},
      connect,
    });
    return { vault, engine };
  };
  const { vault, engine } = await build(database);
  return {
    engine,
    database,
    vault,
    notices,
    codes,
    pushes,
    clock,
    anotherNode: async () => (await build(await openDatabase(database.target))).engine,
    addUser: (id, changes = {}) => addUser(database.db, clock.now, id, changes),
    setTenant: async (change) => {
      await database.transaction((trx) =>
        updateTenantSettings(trx, clock.now, (settings) => ({ ...settings, ...change })),
      );
    },
    eventTypes: async (userId) => {
      const rows = await database.db
        .selectFrom('logs')
        .select('type')
        .where('user_id', '=', userId)
        .orderBy('log_id')
        .execute();
      return rows.map((row) => row.type);
    },
  };
}

/** A person at the login page who gave the password just now, under `always` unless the tenant says otherwise. */
export function login(
  userId: string,
  clock: { now: number },
  changes: Partial<DecisionInput> = {},
): DecisionInput {
  return {
    purpose: 'token',
    userId,
    client,
    acrValues: [],
    scope: ['openid'],
    stepUpScopes: [],
    mfaAudience: false,
    proofs: [{ factor: 'password', at: clock.now }],
    ...changes,
  };
}

/** The code an independent authenticator app shows. */
export async function codeOf(secret: string, now: number): Promise<string> {
  return generate({ secret, epoch: Math.floor(now / 1000) });
}

/** Begins a token transaction and returns its token and id. */
export async function beginToken(house: TestEngine, userId: string, changes: Partial<DecisionInput> = {}) {
  const begun = await house.engine.begin(login(userId, house.clock, changes), { token: true }, context, {
    scope: 'openid',
  });
  if (begun.outcome !== 'begun' || !begun.mfaToken)
    throw new Error(`Expected a transaction, got ${begun.outcome}.`);
  return { mfaToken: begun.mfaToken, transactionId: begun.transaction.id, begun };
}

/** Begins an enrolment of one-time passwords and returns what the person is shown. */
export async function beginEnrolment({ engine }: Pick<TestEngine, 'engine'>, transactionId: string) {
  const enrolment = await engine.beginEnrolment(transactionId, { factor: 'otp' }, context);
  if (enrolment.outcome !== 'begun') throw new Error(`Enrolment refused: ${enrolment.code}.`);
  return enrolment;
}

/** Begins what somebody does with an access token for the MFA API; the token is `access-token`. */
export function beginSelfService(house: TestEngine, userId: string, changes: Partial<DecisionInput> = {}) {
  const asked = { purpose: 'self-service', mfaAudience: true, ...changes } as const;
  return house.engine.beginSelfService(login(userId, house.clock, asked), 'access-token', context, {});
}

/** Enrols one-time passwords for a user and returns the secret and the recovery code. */
export async function enrolOtp(
  house: TestEngine,
  userId: string,
): Promise<{ secret: string; recoveryCode?: string }> {
  const { mfaToken, transactionId } = await beginToken(house, userId);
  const enrolment = await beginEnrolment(house, transactionId);
  const secret = enrolment.shown.secret as string;
  const redeemed = await redeem(house, mfaToken, await codeOf(secret, house.clock.now));
  if (redeemed.outcome !== 'completed') throw new Error('Enrolment was not confirmed.');
  house.clock.advance(30);
  return {
    secret,
    ...(enrolment.beside?.recoveryCode ? { recoveryCode: enrolment.beside.recoveryCode } : {}),
  };
}

/** Redeems an mfa_token with a one-time password. */
export function redeem(house: Pick<TestEngine, 'engine'>, mfaToken: string, code: unknown, factor = 'otp') {
  return house.engine.redeem(
    {
      mfaToken,
      clientId: client.id,
      submission: { factor, proof: code },
      events: { succeeded: 'seotpft', failed: 'feotpft' },
    },
    context,
  );
}

async function addUser(db: Db, now: number, id: string, changes: Partial<EngineUser>): Promise<void> {
  const email = changes.email ?? `${id.replace('|', '.')}@example.com`;
  await insertUser(db, () => now, {
    id,
    connection: 'Username-Password-Authentication',
    email,
    emailVerified: true,
    passwordHash: null,
  });
  if (changes.blocked) await db.updateTable('users').set({ blocked: 1 }).where('id', '=', id).execute();
}
