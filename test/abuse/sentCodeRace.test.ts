import { describe, expect, it } from 'vitest';
import { defaultTenantSettings } from '../../src/tenant/tenantSettings.ts';
import { forEachDatabase } from '../support/databases.ts';
import { beginToken, context, createTestEngine, type TestEngine } from '../support/engine.ts';
import { handOut, nodeStarter } from './raceNodes.ts';

const rounds = 50;
const users = 24;
/** Of each scenario, half to each process. */
const requests = 24;
const cap = 7;
/** What no scenario comes near. */
const plenty = 10_000;
const slow = 86_400;

const budgets = {
  sendsPerUser: plenty,
  sendsPerNumber: plenty,
  sendsPerPrefix: plenty,
  sendsPerIpAddress: plenty,
  sendsPerApplication: plenty,
  sendsPerTenant: plenty,
  sendsPerUserRefillSeconds: slow,
  sendsPerNumberRefillSeconds: slow,
  sendsPerPrefixRefillSeconds: slow,
  sendsPerIpAddressRefillSeconds: slow,
  sendsPerApplicationRefillSeconds: slow,
  sendsPerTenantRefillSeconds: slow,
};

const nameOf = (i: number) => `auth0|user${i}`;
/** Valid numbers of one block, and of a block each. */
const numberIn = (block: number, i: number) => `+49151${2300 + block}${1000 + i}`;

forEachDatabase((_engine, open) => {
  const startNodes = nodeStarter();

  async function prepare(people: number) {
    const database = await open();
    const house = await createTestEngine(database);
    for (let i = 0; i < people; i += 1) await house.addUser(nameOf(i));
    return { house, nodes: await startNodes(database) };
  }

  const allow = (house: TestEngine, settings: Record<string, unknown>) =>
    house.setTenant({
      policy: 'always',
      factors: {
        ...defaultTenantSettings.factors,
        phone: { enabled: true, settings: { allowedCountries: ['DE'], ...budgets, ...settings } },
      },
    });

  it(`S-01 S-09 a code that was sent yields one success of two racing submissions, ${rounds} times`, {
    timeout: 120_000,
  }, async () => {
    const { house, nodes } = await prepare(1);
    await allow(house, {});
    for (let round = 0; round < rounds; round += 1) {
      const { mfaToken, transactionId } = await beginToken(house, nameOf(0));
      // The first round enrols; the others answer challenges.
      const choice = { factor: 'phone', input: { phone_number: numberIn(0, 0) } };
      const begun =
        round === 0
          ? await house.engine.beginEnrolment(transactionId, choice, context)
          : await house.engine.beginChallenge(transactionId, { factor: 'phone' }, context);
      if (begun.outcome === 'refused') throw new Error(begun.code);
      const challenge = round % 2 === 0 ? { oobCode: begun.oobCode ?? '' } : 'latest';
      const guess = {
        mfaToken,
        submission: { challenge, proof: house.codes.at(-1)?.code },
        at: house.clock.now,
      } as const;
      const answers = await handOut(nodes, [guess, guess]);
      const successes = answers.filter((answer) => answer === 'completed');
      expect(successes, `round ${round}: ${answers}`).toHaveLength(1);
      await house.database.db.deleteFrom('throttles').execute();
      house.clock.advance(60);
    }
  });

  describe('S-96 S-23 pumping through two processes stays under the cap', () => {
    interface Scenario {
      settings: Record<string, unknown>;
      who: (i: number) => number;
      number: (i: number) => string;
      ip: (i: number) => string;
      sent?: number;
      /** How many ask; `requests` when absent. */
      asked?: number;
    }
    const apart = {
      who: (i: number) => i % users,
      number: (i: number) => numberIn(i, 0),
      ip: (i: number) => `198.51.${i}.1`,
    };
    const scenarios: Record<string, Scenario> = {
      'of a person at one address': {
        ...apart,
        who: () => 0,
        ip: () => '198.51.100.1',
        settings: { sendsPerUser: cap },
        // As many enrolments as a person may begin at one address.
        asked: 20,
      },
      'of a person from all addresses, three times that in a day and half of it at once': {
        ...apart,
        who: () => 0,
        settings: { sendsPerUser: cap },
        sent: Math.ceil((3 * cap) / 2),
      },
      'of a number': { ...apart, number: () => numberIn(0, 0), settings: { sendsPerNumber: cap } },
      'of a prefix': { ...apart, number: (i) => numberIn(0, i), settings: { sendsPerPrefix: cap } },
      'of an address': { ...apart, ip: () => '198.51.100.1', settings: { sendsPerIpAddress: cap } },
      'of an application': { ...apart, settings: { sendsPerApplication: cap } },
      'of the tenant': { ...apart, settings: { sendsPerTenant: cap } },
      'that few confirmed codes of a prefix set': {
        ...apart,
        number: (i) => numberIn(0, i),
        settings: { conversionLeastSends: cap },
      },
      'that a growing wait sets': {
        ...apart,
        who: () => 0,
        ip: () => '198.51.100.1',
        settings: { backOff: 'exponential' },
        sent: 3,
        asked: 20,
      },
    };

    it.each(Object.entries(scenarios))('%s', { timeout: 120_000 }, async (_cap, scenario) => {
      const { house, nodes } = await prepare(users);
      await allow(house, scenario.settings);
      const transactions = new Map<number, string>();
      const orders = [];
      const asked = scenario.asked ?? requests;
      for (let i = 0; i < asked; i += 1) {
        const who = scenario.who(i);
        const transactionId = transactions.get(who) ?? (await beginToken(house, nameOf(who))).transactionId;
        transactions.set(who, transactionId);
        const enrolment = { factor: 'phone', input: { phone_number: scenario.number(i) } };
        orders.push({ transactionId, enrolment, ip: scenario.ip(i), at: house.clock.now });
      }
      const answers = await handOut(nodes, orders);
      const allowed = scenario.sent ?? cap;
      expect(answers.filter((answer) => answer === 'begun')).toHaveLength(allowed);
      expect(answers.filter((answer) => answer === 'too_many_sends')).toHaveLength(asked - allowed);
      const challenges = await house.database.db.selectFrom('challenges').select('id').execute();
      expect(challenges).toHaveLength(allowed);
    });
  });
});
