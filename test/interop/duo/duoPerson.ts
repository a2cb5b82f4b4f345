import { randomUUID } from 'node:crypto';
import type { DecisionInput, Transaction } from '../../../src/mfa/transaction.ts';
import { context, login, type TestEngine } from '../../support/engine.ts';
import type { DuoChoice, DuoSimulator } from '../../support/simulators/duo.ts';

/** Where Duo sends browsers back to. */
export const redirect = {
  factor: 'duo',
  redirectUri: 'https://login.example.com/u/mfa-duo-callback',
} as const;

/** One person before the pages, who goes to Duo and comes back; each step is the engine's. */
export function duoPerson(house: TestEngine, duo: DuoSimulator, userId: string) {
  const { engine } = house;
  const interactions = new Map<string, string>();

  const stored = async (id: string): Promise<Transaction> => {
    const transaction = await engine.findByInteraction(interactions.get(id) ?? '');
    if (!transaction) throw new Error('The transaction is gone.');
    return transaction;
  };

  /** Begins a login and returns its transaction. */
  const begin = async (changes: Partial<DecisionInput> = {}): Promise<string> => {
    const interactionId = randomUUID();
    const input = login(userId, house.clock, { purpose: 'login', ...changes });
    const begun = await engine.begin(input, { interactionId }, context);
    if (begun.outcome !== 'begun') throw new Error(`Expected a transaction, got ${begun.outcome}.`);
    interactions.set(begun.transaction.id, interactionId);
    return begun.transaction.id;
  };

  /** Goes to Duo, and returns the address there. */
  const leave = async (id: string): Promise<string> => {
    const begun = await engine.redirects.begin(id, redirect, context);
    if (begun.outcome !== 'begun') throw new Error(`Not sent to Duo: ${JSON.stringify(begun)}.`);
    return begun.url;
  };

  /** What Duo has the browser bring back. */
  const visitDuo = async (id: string, choice: DuoChoice = 'approve'): Promise<Record<string, string>> =>
    Object.fromEntries((await duo.choose(await leave(id), choice)).searchParams);

  const finish = (id: string, broughtBack: Record<string, string>, node = engine) =>
    node.redirects.finish(id, redirect, broughtBack, context);

  /** Signs in, setting Duo up where that is due. */
  const signIn = async (choice?: DuoChoice) => {
    const id = await begin();
    if ((await stored(id)).requirement.kind === 'enrol') {
      const begun = await engine.beginEnrolment(id, { factor: 'duo' }, context);
      if (begun.outcome !== 'begun') throw new Error(`Enrolment refused: ${begun.code}.`);
    }
    return { id, result: await finish(id, await visitDuo(id, choice)) };
  };

  return { begin, stored, leave, visitDuo, finish, signIn };
}
