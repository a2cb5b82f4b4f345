import { generateMasterKey } from '../../src/crypto/masterKey.ts';
import { openVault, type Vault } from '../../src/crypto/vault.ts';
import type { Database } from '../../src/database/database.ts';
import type { Channel, MessageOf, WordedMessage } from '../../src/delivery/channel.ts';
import { type CodeMessage, enqueueCode } from '../../src/delivery/codeMessages.ts';
import { type Dispatcher, type DispatcherParts, startDispatcher } from '../../src/delivery/dispatcher.ts';
import type { HandOver } from '../../src/delivery/providers/provider.ts';
import { enqueuePush, type PushRequest } from '../../src/delivery/push/pushMessages.ts';
import type { Route } from '../../src/delivery/route.ts';
import { createPushWording } from '../../src/delivery/templates/wordPush.ts';

/** One key for all, so that another process can open what is queued. */
export const deliveryKey = generateMasterKey();
export const midday = Date.UTC(2026, 0, 15, 12);

/** A provider that the test plays. */
export interface PlayedProvider<OneChannel extends Channel = 'sms'> {
  route: Route<OneChannel>;
  /** What it took, and what it was offered, in order. */
  taken: MessageOf[OneChannel][];
  offered: MessageOf[OneChannel][];
  /** What it does with the next messages; takes them unless changed. */
  answer: (message: MessageOf[OneChannel], signal: AbortSignal) => Promise<HandOver>;
}

export function playProvider<OneChannel extends Channel>(
  channel: OneChannel,
  name: string,
  concurrency = 10,
): PlayedProvider<OneChannel> {
  const played: PlayedProvider<OneChannel> = {
    taken: [],
    offered: [],
    answer: async () => ({ providerMessageId: `${name}-${played.taken.length + 1}` }),
    route: {
      id: `prv_${name}`,
      name,
      channel,
      concurrency,
      isWatched: true,
      keepsContent: false,
      async send(message, signal) {
        played.offered.push(message);
        const handOver = await played.answer(message, signal);
        played.taken.push(message);
        return handOver;
      },
    },
  };
  return played;
}

/** The queue of a database with codes in it, with a clock that only the test moves. */
export interface DeliveryHouse {
  database: Database;
  vault: Vault;
  clock: { now: number };
  /** Faults of the queue itself. */
  faults: unknown[];
  /** Starts a dispatcher that looks only when told to. */
  start(routes: readonly Route[], changes?: Partial<DispatcherParts>): Dispatcher;
  /** A code that lives five minutes, each for a challenge of its own. */
  code(changes?: Partial<CodeMessage>): CodeMessage;
  /** Queues one. */
  queueCode(changes?: Partial<CodeMessage>): Promise<void>;
  /** A request to a device, alive for two minutes, each for a challenge of its own. */
  push(changes?: Partial<PushRequest>): PushRequest;
  /** Queues one. */
  queuePush(changes?: Partial<PushRequest>): Promise<void>;
  /** Stops every dispatcher that was started. */
  stop(): Promise<void>;
  rows(): Promise<Awaited<ReturnType<typeof readRows>>>;
  events(): Promise<{ type: string; details: Record<string, unknown>; [column: string]: unknown }[]>;
}

export async function createDeliveryHouse(database: Database, key = deliveryKey): Promise<DeliveryHouse> {
  const clock = { now: midday };
  const tell = () => clock.now;
  const vault = await openVault(database, key, tell);
  const faults: unknown[] = [];
  const started: Dispatcher[] = [];
  let count = 0;
  const code = (changes: Partial<CodeMessage> = {}): CodeMessage => {
    count += 1;
    return {
      channel: 'sms',
      to: '+4915112345678',
      userId: 'auth0|ann',
      purpose: 'verification',
      code: '123456',
      clientId: 'client',
      clientName: 'Shop',
      requestInfo: { ip: '192.0.2.7', userAgent: 'test browser' },
      challengeId: `challenge-${process.pid}-${count}`,
      expiresAt: clock.now + 300_000,
      ...changes,
    };
  };
  const push = (changes: Partial<PushRequest> = {}): PushRequest => {
    count += 1;
    return {
      channel: 'fcm',
      target: 'registration-token-0123456789',
      deviceId: 'dev_0123456789abcdef',
      userId: 'auth0|ann',
      requestToken: 'canary-request-token',
      challenge: 'canary-challenge',
      consentId: 'cns_0123456789abcdef',
      clientId: 'client',
      clientName: 'Shop',
      requestInfo: { ip: '192.0.2.7', userAgent: 'test browser' },
      challengeId: `challenge-${process.pid}-${count}`,
      startedAt: clock.now,
      expiresAt: clock.now + 120_000,
      ...changes,
    };
  };
  return {
    database,
    vault,
    clock,
    faults,
    start(routes, changes = {}) {
      const dispatcher = startDispatcher({
        database,
        vault,
        clock: tell,
        routes: async (channel) => routes.filter((route) => route.channel === channel),
        render: async () => ({ subject: 'News', text: 'news', html: '<p>news</p>' }),
        wordCode: wordPlainly,
        wordPush,
        handlers: {},
        onFault: (fault) => faults.push(fault),
        pollMs: 0,
        ...changes,
      });
      started.push(dispatcher);
      return dispatcher;
    },
    code,
    queueCode: (changes) => database.transaction((trx) => enqueueCode(trx, vault, tell, code(changes))),
    push,
    queuePush: (changes) => database.transaction((trx) => enqueuePush(trx, vault, tell, push(changes))),
    async stop() {
      await Promise.all(started.map((dispatcher) => dispatcher.stop()));
    },
    rows: () => readRows(database),
    async events() {
      const events = await database.db.selectFrom('logs').selectAll().orderBy('log_id').execute();
      return events.map((event) => ({ ...event, details: JSON.parse(event.details) }));
    },
  };
}

const wordPush = createPushWording({
  publicUrl: 'https://login.example.com/',
  sender: async () => ({ friendlyName: 'Acme' }),
});

function readRows({ db }: Database) {
  return db.selectFrom('messages').selectAll().orderBy('id').execute();
}

async function wordPlainly(
  { channel, to, code }: CodeMessage,
  envelope: { id: string; createdAt: number },
): Promise<WordedMessage> {
  const text = `Your code is ${code}.`;
  switch (channel) {
    case 'sms':
      return { ...envelope, to, text };
    case 'voice':
      return { ...envelope, to, language: 'en', phrases: [{ text }] };
    case 'email':
      return { ...envelope, to, subject: 'Your code', text, html: `<p>${text}</p>` };
  }
}
