import { setTimeout as sleep } from 'node:timers/promises';
import { type DatabaseTarget, openDatabase } from '../../src/database/database.ts';
import { enqueueCode } from '../../src/delivery/codeMessages.ts';
import { createDeliveryHouse, playProvider } from '../support/delivery.ts';

/** Queues as many codes as told, sends them through a provider that takes some milliseconds, and tells what it cost. */
const [, , target, key, many] = process.argv as [string, string, string, string, string];
const count = Number(many);
const afterWarmUp = 1000;
const database = await openDatabase(JSON.parse(target) as DatabaseTarget);
const house = await createDeliveryHouse(database, Buffer.from(key, 'base64'));

for (let first = 0; first < count; first += 500) {
  await database.transaction(async (trx) => {
    for (let i = first; i < first + 500; i += 1) {
      const message = house.code({ to: `+49151${10_000_000 + i}` });
      await enqueueCode(trx, house.vault, () => house.clock.now, message);
    }
  });
}

const seen = new Set<number>();
let sent = 0;
let inHand = 0;
let mostInHand = 0;
let before = 0;
let most = 0;
const provider = playProvider('sms', 'sms');
const { route } = provider;
// Itself keeps nothing but the numbers it has seen.
route.send = async ({ to }) => {
  inHand += 1;
  mostInHand = Math.max(mostInHand, inHand);
  await sleep(5);
  inHand -= 1;
  sent += 1;
  seen.add(Number(to.slice(1)));
  if (sent === afterWarmUp) before = residentMegabytes();
  else if (sent > afterWarmUp && sent % 500 === 0) most = Math.max(most, residentMegabytes());
  return { providerMessageId: to };
};

function residentMegabytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().rss / 2 ** 20;
}

const start = performance.now();
await house.start([route]).drain();
const seconds = Math.round((performance.now() - start) / 1000);
process.stdout.write(
  JSON.stringify({
    sent,
    distinct: seen.size,
    mostInHand,
    growthMegabytes: Math.round(most - before),
    seconds,
  }),
);
await database.close();
