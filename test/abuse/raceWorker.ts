import { findUserById, noteProvedAddress, recordLogin, vouchForPassword } from '../../src/accounts/users.ts';
import { openVault } from '../../src/crypto/vault.ts';
import { type DatabaseTarget, openDatabase } from '../../src/database/database.ts';
import { factors } from '../../src/factors/factors.ts';
import type { ChallengeChoice } from '../../src/mfa/challenge.ts';
import type { DeviceStatement } from '../../src/mfa/devices/deviceFactor.ts';
import { MfaEngine } from '../../src/mfa/engine.ts';
import type { EnrolmentChoice } from '../../src/mfa/enrol.ts';
import { createRegistry } from '../../src/mfa/registry.ts';
import type { Submission } from '../../src/mfa/submit.ts';
import { connectNowhere } from '../support/connectNowhere.ts';

/** One guess: `at` is what the clock of this process shows meanwhile. */
export interface Guess {
  mfaToken: string;
  submission: Submission;
  at: number;
}

/** One enrolment that sends something, begun from this address. */
export interface Pumping {
  transactionId: string;
  enrolment: EnrolmentChoice;
  ip: string;
  at: number;
}

/** One challenge begun, which sends something or asks a device. */
export interface Asking {
  transactionId: string;
  challenge: ChallengeChoice;
  at: number;
}

/** One answer of a device. */
export interface DeviceAnswer {
  requestToken: string;
  answer: DeviceStatement;
  at: number;
}

export type Order = Guess | Pumping | Asking | DeviceAnswer;

/** A process of its own that hands in proofs: what a second node does to the same database. */
const [, , target, masterKey] = process.argv;
let now = 0;
const clock = () => now;
const database = await openDatabase(JSON.parse(target as string) as DatabaseTarget);
const vault = await openVault(database, Buffer.from(masterKey as string, 'base64'), clock);
const engine = new MfaEngine({
  database,
  vault,
  clock,
  registry: createRegistry(factors),
  origin: 'https://login.example.com',
  findUser: findUserById,
  recordLogin: (trx, userId) => recordLogin(trx, clock, userId),
  notify: async () => {},
  sendCode: async () => {},
  sendPush: async () => {},
  vouchForPassword,
  noteProvedAddress,
  connect: connectNowhere,
  afterSending: () => {},
});

process.on('message', async (order: Order) => {
  now = order.at;
  const result = await act(order);
  process.send?.(result.outcome === 'refused' ? result.code : result.outcome);
});
process.send?.('ready');

const context = { ip: '192.0.2.7', userAgent: 'race' };

function act(order: Order) {
  if ('requestToken' in order) return engine.devices.answer(order.requestToken, order.answer, context);
  if ('challenge' in order) return engine.beginChallenge(order.transactionId, order.challenge, context);
  return 'ip' in order ? pump(order) : guess(order);
}

function guess({ mfaToken, submission }: Guess) {
  const events = { succeeded: 'seotpft', failed: 'feotpft' };
  return engine.redeem({ mfaToken, clientId: 'client', submission, events }, context);
}

function pump({ transactionId, enrolment, ip }: Pumping) {
  return engine.beginEnrolment(transactionId, enrolment, { ip, userAgent: 'race' });
}
