import { beforeEach, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import { deviceInHand } from '../../test/support/deviceInHand.ts';
import { codeOf, createTestEngine, login, type TestEngine } from '../../test/support/engine.ts';
import { ownDevice, securityKey, visitor, type WebauthnName } from '../../test/support/securityKeys.ts';
import { factors } from '../factors/factors.ts';
import type { Satisfied, StillPending } from './submit.ts';
import type { Refusal } from './transaction.ts';

const ann = 'auth0|ann';

type Result = Satisfied | StillPending | Refusal;

/** How a person sets up and answers by one factor, in a transaction that asks for it. */
interface InHand {
  enrol(transactionId: string): Promise<Result>;
  answer(transactionId: string): Promise<Result>;
}

/** What a person has in hand, by factor. */
function handsOf(house: TestEngine): Record<string, InHand> {
  const { engine, clock } = house;
  const person = visitor(house, ann);

  const begin = async (transactionId: string, factor: string, input?: Record<string, string>) => {
    const choice = input ? { factor, input } : { factor };
    const begun = await engine.beginEnrolment(transactionId, choice, person.seen);
    if (begun.outcome === 'refused') throw new Error(`${factor} can’t be enrolled: ${begun.code}.`);
    return begun;
  };
  const ask = async (transactionId: string, factor: string) => {
    const begun = await engine.beginChallenge(transactionId, { factor }, person.seen);
    if (begun.outcome === 'refused') throw new Error(`${factor} can’t be asked for: ${begun.code}.`);
  };
  const hand = (transactionId: string, proof?: string) =>
    engine.submit(transactionId, { challenge: 'latest', proof }, person.seen);

  const byCode = (factor: string, input: Record<string, string>): InHand => {
    const typeIn = (transactionId: string) => hand(transactionId, house.codes.at(-1)?.code);
    return {
      async enrol(transactionId) {
        await begin(transactionId, factor, input);
        return typeIn(transactionId);
      },
      async answer(transactionId) {
        await ask(transactionId, factor);
        return typeIn(transactionId);
      },
    };
  };
  const byKey = (factor: WebauthnName, make: typeof securityKey): InHand => {
    const key = make();
    return {
      enrol: (transactionId) => person.enrolIn(transactionId, key, factor),
      answer: (transactionId) => person.answerIn(transactionId, key, factor),
    };
  };
  const byApp = (): InHand => {
    let secret = '';
    const typeIn = async (transactionId: string) =>
      engine.submit(transactionId, { factor: 'otp', proof: await codeOf(secret, clock.now) }, person.seen);
    return {
      async enrol(transactionId) {
        secret = (await begin(transactionId, 'otp')).shown.secret ?? '';
        return typeIn(transactionId);
      },
      answer: typeIn,
    };
  };
  const byDevice = (): InHand => {
    const device = deviceInHand(house);
    return {
      async enrol(transactionId) {
        await device.enrol((await begin(transactionId, 'push-notification')).shown.barcodeUri ?? '');
        return hand(transactionId);
      },
      async answer(transactionId) {
        await ask(transactionId, 'push-notification');
        await device.approve((await engine.latestChallenge(transactionId))?.shown.number);
        return hand(transactionId);
      },
    };
  };

  return {
    otp: byApp(),
    phone: byCode('phone', { phone_number: '+4915112345678' }),
    email: byCode('email', { email: 'ann@elsewhere.example' }),
    'push-notification': byDevice(),
    'webauthn-roaming': byKey('webauthn-roaming', securityKey),
    'webauthn-platform': byKey('webauthn-platform', ownDevice),
  };
}

const chosen = factors.filter(({ enrolment, isExclusive }) => enrolment === 'by-person' && !isExclusive);
const pairs = chosen
  .filter(({ kind }) => kind === 'independent')
  .flatMap((first) => chosen.filter((second) => second !== first).map((second) => [first.name, second.name]));

forEachDatabase((_engine, open) => {
  let house: TestEngine;

  beforeEach(async () => {
    house = await createTestEngine(await open());
    await house.addUser(ann);
    await house.setTenant({
      policy: 'always',
      factors: {
        ...Object.fromEntries(
          [...chosen.map(({ name }) => name), 'recovery-code'].map((name) => [name, { enabled: true }]),
        ),
        phone: { enabled: true, settings: { allowedCountries: ['DE'] } },
      },
    });
  });

  /** Ends the login in which a factor was enrolled or answered by, and lets its codes pass. */
  async function complete(transactionId: string) {
    const completed = await house.engine.complete(transactionId);
    if (completed.outcome !== 'completed') throw new Error(`The login isn’t complete: ${completed.outcome}.`);
    house.clock.advance(60);
    return completed;
  }

  it.each(pairs)('who has %s adds %s, and signs in by either', async (first = '', second = '') => {
    const hands = handsOf(house);
    const inHand = (factor: string) => {
      const found = hands[factor];
      if (!found) throw new Error(`Nobody has ${factor} in hand.`);
      return found;
    };
    const person = visitor(house, ann);
    const signIn = async (factor: string) => {
      const id = await person.begin();
      expect(await inHand(factor).answer(id)).toMatchObject({ outcome: 'satisfied' });
      return complete(id);
    };

    const enrolling = await person.begin();
    expect(await inHand(first).enrol(enrolling)).toMatchObject({ outcome: 'satisfied' });
    await complete(enrolling);

    const { proofs } = await signIn(first);
    const asked = { purpose: 'self-service', mfaAudience: true, proofs } as const;
    const adding = await house.engine.beginSelfService(
      login(ann, house.clock, asked),
      'access-token',
      person.seen,
      {},
    );
    if (adding.outcome !== 'begun') throw new Error(`Nothing can be added: ${JSON.stringify(adding)}`);
    expect(await inHand(second).enrol(adding.transaction.id)).toMatchObject({ outcome: 'satisfied' });
    house.clock.advance(60);

    const id = await person.begin();
    expect(await person.requirement(id)).toMatchObject({
      factors: expect.arrayContaining([first, second, 'recovery-code']),
    });
    for (const factor of [first, second, first])
      expect((await signIn(factor)).proofs.at(-1)).toMatchObject({ factor });
  });
});
