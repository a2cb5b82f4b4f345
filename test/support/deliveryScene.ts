import { afterEach, beforeEach } from 'vitest';
import { DeliveryError, type HandOver } from '../../src/delivery/providers/provider.ts';
import type { OpenTestDatabase, TestDatabase } from './databases.ts';
import { createDeliveryHouse, type DeliveryHouse, type PlayedProvider, playProvider } from './delivery.ts';

/** A queue with two providers of texts that the test plays, new for each test. */
export interface DeliveryScene {
  readonly database: TestDatabase;
  readonly house: DeliveryHouse;
  readonly primary: PlayedProvider;
  readonly secondary: PlayedProvider;
  /** The routes of both, the primary first. */
  both(): PlayedProvider['route'][];
  /** Works the queue off with both, on a node of its own. */
  drain(): Promise<void>;
  /** The tenant log's type codes, oldest first. */
  types(): Promise<string[]>;
  breakers(): Promise<readonly { state: string; openings: number; retry_at: number | null }[]>;
  /** An answer that lasts until the test is over. */
  hang(): Promise<never>;
}

/** An answer of a provider that refuses. */
export function refuse(...error: ConstructorParameters<typeof DeliveryError>): () => Promise<HandOver> {
  return () => Promise.reject(new DeliveryError(...error));
}

/** Call it inside `forEachDatabase`. */
export function deliveryScene(open: OpenTestDatabase): DeliveryScene {
  let database: TestDatabase;
  let house: DeliveryHouse;
  let primary: PlayedProvider;
  let secondary: PlayedProvider;
  let isOver: boolean;
  let endWaits: (() => void)[];

  beforeEach(async () => {
    isOver = false;
    endWaits = [];
    database = await open();
    house = await createDeliveryHouse(database);
    primary = playProvider('sms', 'first');
    secondary = playProvider('sms', 'second');
  });

  afterEach(async () => {
    isOver = true;
    for (const end of endWaits) end();
    await house.stop();
  });

  const both = () => [primary.route, secondary.route];
  return {
    get database() {
      return database;
    },
    get house() {
      return house;
    },
    get primary() {
      return primary;
    },
    get secondary() {
      return secondary;
    },
    both,
    drain: () => house.start(both()).drain(),
    types: async () => (await house.events()).map(({ type }) => type),
    breakers: () => database.db.selectFrom('delivery_breakers').selectAll().execute(),
    hang: () =>
      new Promise<never>((_resolve, reject) => {
        const end = () => reject(new DeliveryError('unknown', 'test_over'));
        if (isOver) end();
        else endWaits.push(end);
      }),
  };
}
