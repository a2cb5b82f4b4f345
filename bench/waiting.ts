import { Agent, get } from 'node:http';
import { insertUser } from '../src/accounts/users.ts';
import { updateTenantSettings } from '../src/tenant/tenantSettings.ts';
import { ticketIn } from '../test/support/deviceInHand.ts';
import { makePushDevice } from '../test/support/pushDevice.ts';
import { figuresOf } from './figures.ts';
import { type Prepared, passwordProved } from './prepare.ts';
import { processorMs, residentMb } from './processes.ts';

const waiting = 1000;
const asked = 100;
const quietMs = 10_000;
const context = { ip: '127.0.0.1', userAgent: 'bench' };
const factor = 'push-notification';

/** What devices cost that wait at a server. */
export interface WaitingFigures {
  waiting: number;
  /** Memory that they take together, megabytes. */
  memoryMb: number;
  /** Processor time of the server for a second in which nothing happens, milliseconds. */
  quietMsPerSecond: number;
  /** From the commit of a request, by another process, to its device's answer from the server, milliseconds. */
  p50Ms: number;
  p99Ms: number;
}

interface Waiter {
  userId: string;
  deviceId: string;
  token: string;
}

/** Lets a thousand devices wait at the server, looks at it while nothing happens, then asks some of them. */
export async function measureWaiting(prepared: Prepared, port: number, pid: number): Promise<WaitingFigures> {
  await switchOn(prepared);
  const waiters: Waiter[] = [];
  for (let i = 0; i < waiting; i += 1) waiters.push(await waiterOf(prepared, i));
  const emptyMb = residentMb(pid);
  const agent = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY });
  const answers: Promise<number>[] = [];
  for (const waiter of waiters) {
    answers.push(toldAt(agent, port, waiter));
    // More at once than the system's queue of new connections holds would be turned away.
    if (answers.length % 20 === 0) await pause(200);
  }
  const before = processorMs(pid);
  await pause(quietMs);
  const quietMsPerSecond = (processorMs(pid) - before) / (quietMs / 1000);
  const memoryMb = residentMb(pid) - emptyMb;
  const latencies: number[] = [];
  for (const [i, { userId }] of waiters.slice(0, asked).entries()) {
    await ask(prepared, userId, `192.0.2.${i}`);
    const askedAt = performance.now();
    latencies.push((await (answers[i] as Promise<number>)) - askedAt);
  }
  agent.destroy();
  await Promise.allSettled(answers);
  const { p50Ms, p99Ms } = figuresOf(latencies, 1);
  return { waiting, memoryMb, quietMsPerSecond, p50Ms, p99Ms };
}

/** When the server told this device of a request; asks again while it tells of none. */
async function toldAt(agent: Agent, port: number, { deviceId, token }: Waiter): Promise<number> {
  for (;;) {
    const text = await new Promise<string>((resolve, reject) => {
      const path = `/appliance-mfa/api/device-accounts/${deviceId}/request?wait=25`;
      const headers = { host: `localhost:${port}`, authorization: `Bearer ${token}` };
      get({ agent, host: '127.0.0.1', port, path, headers }, (answer) => {
        let body = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          body += chunk;
        });
        answer.on('end', () => (answer.statusCode === 200 ? resolve(body) : reject(new Error(body))));
        answer.on('error', reject);
      }).on('error', reject);
    });
    if (JSON.parse(text).request !== null) return performance.now();
  }
}

async function switchOn({ house: { database, clock } }: Prepared): Promise<void> {
  await database.transaction((trx) =>
    updateTenantSettings(trx, clock(), (tenant) => ({
      ...tenant,
      factors: { ...tenant.factors, [factor]: { enabled: true } },
    })),
  );
}

async function waiterOf(prepared: Prepared, i: number): Promise<Waiter> {
  const { database, engine, clock } = prepared.house;
  const connection = 'Username-Password-Authentication';
  const account = { connection, email: `device${i}@example.com`, emailVerified: true };
  const user = await insertUser(database.db, clock, { ...account, passwordHash: '' });
  if (!user) throw new Error(`${account.email} exists already.`);
  const id = await begin(prepared, user.id);
  const begun = await engine.beginEnrolment(id, { factor }, context);
  if (begun.outcome !== 'begun') throw new Error('No enrolment was begun.');
  const ticket = ticketIn(begun.shown.barcodeUri as string);
  const enrolled = await engine.devices.enrol(ticket, makePushDevice().presented(), context);
  if (enrolled.outcome !== 'enrolled') throw new Error(`The device was refused: ${enrolled.code}.`);
  const { outcome } = await engine.submit(id, { challenge: 'latest', proof: undefined }, context);
  if (outcome !== 'satisfied') throw new Error('The device was not confirmed.');
  return { userId: user.id, deviceId: enrolled.deviceId, token: enrolled.token };
}

/** Each from an address of its own: one address may ask few. */
async function ask(prepared: Prepared, userId: string, ip: string): Promise<void> {
  const id = await begin(prepared, userId);
  const begun = await prepared.house.engine.beginChallenge(id, { factor }, { ...context, ip });
  if (begun.outcome !== 'begun') throw new Error(`The device was not asked: ${begun.code}.`);
}

async function begin({ house: { engine }, client }: Prepared, userId: string): Promise<string> {
  const begun = await engine.begin(passwordProved(client, userId, Date.now()), { token: true }, context);
  if (begun.outcome !== 'begun') throw new Error('No transaction was begun.');
  return begun.transaction.id;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
