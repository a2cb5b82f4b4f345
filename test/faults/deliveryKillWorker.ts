import { writeSync } from 'node:fs';
import { type DatabaseTarget, openDatabase } from '../../src/database/database.ts';
import { createDeliveryHouse, playProvider } from '../support/delivery.ts';
import { killAtStatement } from './killAtStatement.ts';

/**
 * Sends what is queued and tells each message that it hands over, until this process kills itself at the n-th
 * statement it sends to the database. With n = 0 it lives and tells the count.
 */
const [, , target, key, now, killAt] = process.argv as [string, string, string, string, string, string];
const statements = killAtStatement(Number(killAt));

const database = await openDatabase(JSON.parse(target) as DatabaseTarget);
const house = await createDeliveryHouse(database, Buffer.from(key, 'base64'));
house.clock.now = Number(now);
const sms = playProvider('sms', 'sms', 1);
const mail = playProvider('email', 'mail', 1);
const push = playProvider('fcm', 'push', 1);
const take = async ({ id }: { id: string }) => {
  // Synchronous, so that nothing is told after the kill and nothing is lost before it.
  writeSync(1, `offered ${id}\n`);
  return { providerMessageId: `p-${id}` };
};
sms.answer = take;
mail.answer = take;
push.answer = take;
statements.restart();
await house.start([sms.route, mail.route, push.route]).drain();
writeSync(1, `statements ${statements.sent}\n`);
await database.close();
