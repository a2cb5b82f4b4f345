import { generate } from 'otplib';
import { insertUser } from '../src/accounts/users.ts';
import { type Client, grantTypes } from '../src/applications/client.ts';
import { createClient } from '../src/applications/clients.ts';
import { createResourceServer } from '../src/applications/resourceServers.ts';
import { readSettings } from '../src/config/readSettings.ts';
import { hashPassword } from '../src/crypto/passwordHash.ts';
import { type House, openHouse } from '../src/house.ts';
import type { DecisionInput } from '../src/mfa/transaction.ts';
import { updateTenantSettings } from '../src/tenant/tenantSettings.ts';

export const audience = 'https://api.example.com/';
export const callback = 'https://app.example.com/callback';
export const password = 'correct horse battery staple';
const context = { ip: '127.0.0.1', userAgent: 'bench' };

/** A user with a one-time password generator. */
export interface BenchUser {
  id: string;
  email: string;
  secret: string;
}

/** The data folder of a server under load, opened beside it. */
export interface Prepared {
  house: House;
  client: Client;
  clientSecret: string;
  users: BenchUser[];
}

/** Makes users, each enrolled, and an application that may use every grant the benchmark needs. */
export async function prepare(data: string, publicUrl: string, count: number): Promise<Prepared> {
  const settings = await readSettings({ flags: { data, publicUrl, dev: true }, environment: {} });
  // Enrolled in the past, so that the codes of the present are all unused.
  const past = Date.now() - 10 * 60 * 1000;
  const house = await openHouse(settings, () => past);
  const { database, vault, clock } = house;
  await database.transaction((trx) =>
    updateTenantSettings(trx, clock(), (tenant) => ({ ...tenant, policy: 'always' })),
  );
  const { client, clientSecret } = await createClient(database.db, vault, clock, {
    name: 'Benchmark',
    appType: 'regular_web',
    callbacks: [callback],
    grantTypes: Object.values(grantTypes),
    tokenEndpointAuthMethod: 'client_secret_post',
  });
  await createResourceServer(database.db, publicUrl, clock, { identifier: audience });
  const passwordHash = await hashPassword(password);
  const users: BenchUser[] = [];
  for (let i = 0; i < count; i += 1) users.push(await enrolledUser(house, client, passwordHash, i));
  // What enrolling has mailed would be sent during the measurement.
  await database.db.deleteFrom('messages').execute();
  await house.close();
  const present = await openHouse(settings);
  return { house: present, client, clientSecret, users };
}

/** Begins a transaction as the password grant does, without the password's hash. */
export async function mfaTokenOf({ house, client }: Prepared, userId: string): Promise<string> {
  const begun = await house.engine.begin(
    passwordProved(client, userId, Date.now()),
    { token: true },
    context,
    {
      kind: 'password',
      scope: 'openid',
      audience,
    },
  );
  if (begun.outcome !== 'begun' || !begun.mfaToken) throw new Error('No transaction was begun.');
  return begun.mfaToken;
}

/** The code an authenticator app shows now. */
export function presentCode(secret: string): Promise<string> {
  return generate({ secret });
}

async function enrolledUser(
  house: House,
  client: Client,
  passwordHash: string,
  i: number,
): Promise<BenchUser> {
  const { database, engine, clock } = house;
  const email = `user${i}@example.com`;
  const connection = 'Username-Password-Authentication';
  const user = await insertUser(database.db, clock, { connection, email, emailVerified: true, passwordHash });
  if (!user) throw new Error(`${email} exists already.`);
  const begun = await engine.begin(passwordProved(client, user.id, clock()), { token: true }, context);
  if (begun.outcome !== 'begun') throw new Error('No transaction was begun.');
  const { id } = begun.transaction;
  const enrolment = await engine.beginEnrolment(id, { factor: 'otp' }, context);
  if (enrolment.outcome !== 'begun') throw new Error('No enrolment was begun.');
  const secret = enrolment.shown.secret as string;
  const proof = await generate({ secret, epoch: Math.floor(clock() / 1000) });
  const confirmed = await engine.submit(id, { factor: 'otp', proof }, context);
  if (confirmed.outcome !== 'satisfied') throw new Error('The enrolment was not confirmed.');
  return { id: user.id, email, secret };
}

/** What a login demands of a person whose password was right. */
export function passwordProved(client: Client, userId: string, at: number): DecisionInput {
  return {
    purpose: 'token',
    userId,
    client: { id: client.clientId, name: client.name },
    acrValues: [],
    audience,
    scope: ['openid'],
    stepUpScopes: [],
    mfaAudience: false,
    proofs: [{ factor: 'password', at }],
  };
}
