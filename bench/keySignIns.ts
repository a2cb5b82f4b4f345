import { insertUser } from '../src/accounts/users.ts';
import { updateTenantSettings } from '../src/tenant/tenantSettings.ts';
import { makeSoftAuthenticator, type SoftAuthenticator } from '../test/support/softAuthenticator.ts';
import type { Figures } from './figures.ts';
import { measure } from './load.ts';
import { type Prepared, passwordProved } from './prepare.ts';

const people = 300;
const context = { ip: '127.0.0.1', userAgent: 'bench' };
const factor = 'webauthn-roaming';

/** Answers of security keys, each judged and stored durably; with the processor time of one, milliseconds. */
export type KeyFigures = Figures & { processorMs: number };

/**
 * Measures in this process what `submit` takes for an assertion: the challenge spent, the signature judged,
 * counters, state, log, one durable commit shared by those that wait. No HTTP.
 */
export async function measureKeySignIns(prepared: Prepared, connections: number): Promise<KeyFigures> {
  await switchOn(prepared);
  const owners: { userId: string; key: SoftAuthenticator }[] = [];
  for (let i = 0; i < people; i += 1) owners.push(await ownerOf(prepared, i));
  // The first run compiles and is left out.
  await run(prepared, owners.slice(0, 60), connections);
  return run(prepared, owners, connections);
}

async function run(
  prepared: Prepared,
  owners: readonly { userId: string; key: SoftAuthenticator }[],
  connections: number,
): Promise<KeyFigures> {
  const { engine } = prepared.house;
  const answers: { id: string; proof: string }[] = [];
  for (const { userId, key } of owners) {
    const id = await begin(prepared, userId);
    answers.push({ id, proof: JSON.stringify(key.get(await optionsOf(prepared, id))) });
  }
  const before = process.cpuUsage();
  const figures = await measure(
    answers.map(({ id, proof }) => async () => {
      const { outcome } = await engine.submit(id, { challenge: 'latest', proof }, context);
      if (outcome !== 'satisfied') throw new Error('A key was refused.');
    }),
    connections,
  );
  const { user, system } = process.cpuUsage(before);
  return { ...figures, processorMs: (user + system) / 1000 / figures.requests };
}

async function switchOn({ house: { database, clock } }: Prepared): Promise<void> {
  await database.transaction((trx) =>
    updateTenantSettings(trx, clock(), (tenant) => ({
      ...tenant,
      factors: { ...tenant.factors, [factor]: { enabled: true } },
    })),
  );
}

async function ownerOf(prepared: Prepared, i: number): Promise<{ userId: string; key: SoftAuthenticator }> {
  const { database, engine, clock, settings } = prepared.house;
  const connection = 'Username-Password-Authentication';
  const account = { connection, email: `key${i}@example.com`, emailVerified: true };
  const user = await insertUser(database.db, clock, { ...account, passwordHash: '' });
  if (!user) throw new Error(`${account.email} exists already.`);
  const { origin } = new URL(settings.publicUrl);
  const key = makeSoftAuthenticator({ origin, attachment: 'cross-platform' });
  const id = await begin(prepared, user.id);
  await engine.beginEnrolment(id, { factor }, context);
  const proof = JSON.stringify(key.create(await optionsOf(prepared, id)));
  const { outcome } = await engine.submit(id, { challenge: 'latest', proof }, context);
  if (outcome !== 'satisfied') throw new Error('The key was not enrolled.');
  return { userId: user.id, key };
}

async function begin({ house: { engine }, client }: Prepared, userId: string): Promise<string> {
  const begun = await engine.begin(passwordProved(client, userId, Date.now()), { token: true }, context);
  if (begun.outcome !== 'begun') throw new Error('No transaction was begun.');
  return begun.transaction.id;
}

async function optionsOf<Options>({ house: { engine } }: Prepared, id: string): Promise<Options> {
  const challenge = await engine.showChallenge(id, factor, context);
  if (challenge.outcome !== 'shown') throw new Error(`No challenge: ${challenge.code}.`);
  return JSON.parse(challenge.shown.publicKey ?? '') as Options;
}
