import { writeSync } from 'node:fs';
import { type DatabaseTarget, openDatabase } from '../../src/database/database.ts';
import { beginToken, codeOf, context, createTestEngine, redeem } from '../support/engine.ts';
import { killAtStatement } from './killAtStatement.ts';

/**
 * Enrols, logs in and recovers one user, and tells what was answered with success, until this process
 * kills itself at the n-th statement it sends to the database. With n = 0 it lives and tells the count.
 */
const [, , target, key, user, killAt] = process.argv as [string, string, string, string, string, string];
const statements = killAtStatement(Number(killAt));

/** Synchronous, so that nothing is told after the kill and nothing is lost before it. */
function tell(event: string, value = ''): void {
  writeSync(1, `${event} ${value}\n`);
}

const parsed = JSON.parse(target) as DatabaseTarget;
const database = Object.assign(await openDatabase(parsed), { target: parsed });
const house = await createTestEngine(database, undefined, Buffer.from(key, 'base64'));
statements.restart();

const enrolling = await beginToken(house, user);
const enrolment = await house.engine.beginEnrolment(enrolling.transactionId, { factor: 'otp' }, context);
if (enrolment.outcome !== 'begun') throw new Error(`Refused: ${enrolment.code}`);
const secret = enrolment.shown.secret as string;
tell('secret', secret);
tell('code', await codeOf(secret, house.clock.now));
if (
  (await redeem(house, enrolling.mfaToken, await codeOf(secret, house.clock.now))).outcome === 'completed'
) {
  tell('enrolled', enrolling.transactionId);
}

house.clock.advance(60);
const login = await beginToken(house, user);
tell('code', await codeOf(secret, house.clock.now));
if ((await redeem(house, login.mfaToken, await codeOf(secret, house.clock.now))).outcome === 'completed') {
  tell('passed', login.transactionId);
}

const recovery = await beginToken(house, user);
const recoveryCode = enrolment.beside?.recoveryCode as string;
tell('recovery', recoveryCode);
const recovered = await redeem(house, recovery.mfaToken, recoveryCode, 'recovery-code');
if (recovered.outcome === 'completed') tell('recovered', recovered.reveal?.recoveryCode);
tell('statements', String(statements.sent));
await database.close();
