import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EngineDependencies } from '../../../src/mfa/parts.ts';
import { claimsOf } from '../../../src/mfa/tokenClaims.ts';
import { createOutboundClient } from '../../../src/outbound/createOutboundClient.ts';
import { forEachDatabase, type TestDatabase } from '../../support/databases.ts';
import { connectHere, duoAlone } from '../../support/duoHouse.ts';
import { client, context, createTestEngine, login, type TestEngine } from '../../support/engine.ts';
import { type DuoLie, type DuoSimulator, startDuo } from '../../support/simulators/duo.ts';
import type { Misbehaviour } from '../../support/simulators/vendorServer.ts';
import { duoPerson, redirect } from './duoPerson.ts';

const [ann, bob] = ['auth0|ann', 'auth0|bob'];
const garbage = { answer: { status: 200, headers: { 'content-type': 'text/html' }, body: '<p>Hello' } };

/** Emptied before each test. */
const tables = [
  'challenges',
  'mfa_transactions',
  'method_claims',
  'authentication_methods',
  'second_factor_locks',
  'throttles',
  'logs',
  'users',
] as const;

/** What Duo may do instead of its work, and whether that is an outage. */
const failures: [string, Misbehaviour, boolean][] = [
  ['breaks the connection', 'reset', true],
  ['says 500', { answer: { status: 500, body: '{}' } }, true],
  ['says 503', { answer: { status: 503, body: 'busy' } }, true],
  ['says nothing for longer than four seconds', { delayMs: 4500 }, true],
  [
    'refuses the application',
    {
      answer: {
        status: 200,
        body: '{"stat":"FAIL","code":40002,"message":"invalid_client","message_detail":"x"}',
      },
    },
    false,
  ],
  [
    'says 400',
    { answer: { status: 400, body: '{"error":"invalid_request","error_description":"x"}' } },
    false,
  ],
  ['sends elsewhere', { answer: { status: 302, headers: { location: 'https://example.com/' } } }, false],
  ['talks garbage', garbage, false],
  ['never ends', 'endless', false],
];

const lies: [string, DuoLie, string][] = [
  ['a forged signature', { isForged: true }, 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED'],
  ['another algorithm', { alg: 'HS256' }, 'ERR_JOSE_ALG_NOT_ALLOWED'],
  [
    'another issuer',
    { claims: { iss: 'https://duo.example/oauth/v1/token' } },
    'ERR_JWT_CLAIM_VALIDATION_FAILED',
  ],
  ['another audience', { claims: { aud: 'DIXXXXXXXXXXXXXXXXXX' } }, 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
  ['an old token', { expiresIn: -120 }, 'ERR_JWT_EXPIRED'],
  [
    'a token of the future',
    { claims: { nbf: Math.floor(Date.now() / 1000) + 600 } },
    'ERR_JWT_CLAIM_VALIDATION_FAILED',
  ],
  ['a token without end', { claims: { exp: undefined } }, 'result_missing_expected_data'],
  ['another person', { claims: { preferred_username: 'auth0.bob@example.com' } }, 'the_username_is_invalid'],
  [
    'another spelling',
    { claims: { preferred_username: 'AUTH0.ANN@example.com' } },
    'the_username_is_invalid',
  ],
  ['nobody', { claims: { preferred_username: undefined } }, 'the_username_is_invalid'],
  ['no result', { claims: { auth_result: undefined } }, 'denied_malformed_answer'],
  [
    'a denial',
    { claims: { auth_result: { result: 'deny', status: 'fraud', status_msg: '' } } },
    'denied_fraud',
  ],
  [
    'a word that is nearly one',
    { claims: { auth_result: { result: 'ALLOW', status: 'allow' } } },
    'denied_allow',
  ],
  ['another token type', { answer: { token_type: 'bearer' } }, 'result_missing_expected_data'],
  ['no access token', { answer: { access_token: undefined } }, 'result_missing_expected_data'],
];

forEachDatabase((_engine, open) => {
  let duo: DuoSimulator;
  let database: TestDatabase;
  let house: TestEngine;
  let person: ReturnType<typeof duoPerson>;

  beforeAll(async () => {
    duo = await startDuo();
    database = await open();
  });
  afterAll(() => duo.close());

  /** Another engine on this database whose way out is another one. */
  const houseWith = (connect: EngineDependencies['connect']) =>
    createTestEngine(database, undefined, undefined, undefined, connect);

  const setFactors = (more: Record<string, unknown> = {}, others = {}) =>
    house.setTenant({ policy: 'always', factors: { ...duoAlone(house, duo, more), ...others } });

  beforeEach(async () => {
    for (const table of tables) await database.db.deleteFrom(table).execute();
    house = await houseWith(connectHere);
    duo.misbehave('reset', 0);
    await setFactors();
    await house.addUser(ann);
    await house.addUser(bob);
    person = duoPerson(house, duo, ann);
  });

  const reasons = async (type: string): Promise<unknown[]> => {
    const rows = await database.db.selectFrom('logs').selectAll().where('type', '=', type).execute();
    return rows.map(({ details }) => (JSON.parse(String(details)) as { reason?: string }).reason);
  };
  const requirement = async (changes = {}) =>
    (await house.engine.decide(login(ann, house.clock, { purpose: 'login', ...changes }))).requirement;

  it('sets people up on Duo’s page and asks them there from then on', async () => {
    expect(await requirement()).toEqual({ kind: 'enrol', factors: ['duo'] });
    const { id, result } = await person.signIn();
    expect(result).toMatchObject({ outcome: 'satisfied' });
    expect(result).not.toHaveProperty('reveal');
    expect(duo.promptedFor()).toBe('auth0.ann@example.com');
    expect(await house.engine.complete(id)).toMatchObject({
      outcome: 'completed',
      proofs: [{ factor: 'password' }, { factor: 'duo' }],
    });
    expect(await house.engine.methods(ann)).toMatchObject([
      { factor: 'duo', isConfirmed: true, name: 'auth0.ann@example.com' },
      { factor: 'email', isConfirmed: true },
    ]);
    expect(await house.eventTypes(ann)).toEqual(['gd_start_enroll', 'gd_enrollment_complete']);

    house.clock.advance(60);
    expect(await requirement()).toEqual({ kind: 'challenge', factors: ['duo'] });
    expect((await person.signIn()).result).toMatchObject({ outcome: 'satisfied' });
    expect((await house.eventTypes(ann)).slice(2)).toEqual(['gd_start_auth', 'gd_auth_succeed']);
  });

  it('tells operators whether Duo takes the settings', async () => {
    const { redirects } = house.engine;
    expect(await redirects.probe('duo')).toEqual({ isUp: true });
    await setFactors({ skey: 'x'.repeat(40) });
    expect(await redirects.probe('duo')).toEqual({
      isUp: false,
      isOutage: false,
      detail: 'invalid_client',
    });
    expect(await redirects.probe('otp')).toBeUndefined();
  });

  it('S-34 an enrolment that Duo didn’t confirm counts for nothing', async () => {
    expect((await person.signIn('deny')).result).toMatchObject({ code: 'invalid_proof' });
    expect(await requirement()).toEqual({ kind: 'enrol', factors: ['duo'] });
  });

  describe('who has set it up', () => {
    beforeEach(async () => {
      const { id } = await person.signIn();
      await house.engine.complete(id);
      house.clock.advance(600);
    });

    it.each([
      ['deny', 'denied_deny'],
      ['cancel', 'access_denied'],
    ] as const)('stays out when they choose %s', async (choice, reason) => {
      const { id, result } = await person.signIn(choice);
      expect(result).toMatchObject({ outcome: 'refused', code: 'invalid_proof' });
      expect(await reasons('gd_auth_failed')).toEqual([reason]);
      expect(await house.engine.complete(id)).toMatchObject({ outcome: 'refused' });
      expect(await person.finish(id, await person.visitDuo(id))).toMatchObject({ outcome: 'satisfied' });
    });

    it.each(lies)('S-94 refuses %s', async (_what, lie, reason) => {
      const id = await person.begin();
      const broughtBack = await person.visitDuo(id);
      duo.lie(lie);
      expect(await person.finish(id, broughtBack)).toMatchObject({ code: 'invalid_proof' });
      expect(await reasons('gd_auth_failed')).toEqual([reason]);
      expect(await house.engine.complete(id)).toMatchObject({ outcome: 'refused' });
    });

    it('S-94 an answer counts once', async () => {
      const id = await person.begin();
      const broughtBack = await person.visitDuo(id);
      expect(await person.finish(id, broughtBack)).toMatchObject({ outcome: 'satisfied' });
      expect(await person.finish(id, broughtBack)).toMatchObject({ code: 'expired' });
      const next = await person.begin();
      await person.visitDuo(next);
      expect(await person.finish(next, broughtBack)).toMatchObject({ code: 'wrong_challenge' });
    });

    it('S-94 a refused answer is spent as well', async () => {
      const id = await person.begin();
      const broughtBack = await person.visitDuo(id);
      const forged = { ...broughtBack, duo_code: 'guessed' };
      expect(await person.finish(id, forged)).toMatchObject({ code: 'invalid_proof' });
      expect(await person.finish(id, broughtBack)).toMatchObject({ code: 'challenge_expired' });
    });

    it('S-94 S-01 of two nodes with one answer, one asks Duo and one is satisfied', async () => {
      const other = await house.anotherNode();
      const id = await person.begin();
      const broughtBack = await person.visitDuo(id);
      const before = duo.requests.length;
      const results = await Promise.all([
        person.finish(id, broughtBack),
        person.finish(id, broughtBack, other),
        person.finish(id, broughtBack),
      ]);
      expect(results.filter(({ outcome }) => outcome === 'satisfied')).toHaveLength(1);
      expect(duo.requests.length - before).toBe(1);
      expect(await reasons('gd_auth_failed')).toEqual([]);
    });

    it('S-94 an answer belongs to one transaction, and a later challenge voids it', async () => {
      const [first, second] = [await person.begin(), await person.begin()];
      const ofFirst = await person.visitDuo(first);
      expect(await person.finish(second, ofFirst)).toMatchObject({ code: 'wrong_challenge' });
      await person.leave(first);
      expect(await person.finish(first, ofFirst)).toMatchObject({ code: 'challenge_expired' });
      expect(await person.finish(first, {})).toMatchObject({ code: 'wrong_challenge' });
      expect(await person.finish(first, { ...ofFirst, state: 'x' })).toMatchObject({
        code: 'wrong_challenge',
      });
      const late = await person.visitDuo(first);
      house.clock.advance(31 * 60);
      expect(await person.finish(first, late)).toMatchObject({ outcome: 'refused' });
    });

    it('S-94 what Duo said of one person is no proof of another', async () => {
      const other = duoPerson(house, duo, bob);
      await other.signIn();
      const id = await person.begin();
      const { state } = await person.visitDuo(id);
      const { duo_code } = await other.visitDuo(await other.begin());
      expect(await person.finish(id, { state: state ?? '', duo_code: duo_code ?? '' })).toMatchObject({
        code: 'invalid_proof',
      });
    });

    it('S-94 nobody but this server hands in what Duo said', async () => {
      const id = await person.begin();
      await person.leave(id);
      const proof = { username: 'auth0.ann@example.com', result: 'allow', status: 'allow' };
      for (const submission of [
        { factor: 'duo', proof },
        { challenge: 'latest', proof },
        { challenge: { factor: 'duo' }, proof },
      ] as const) {
        expect(await house.engine.submit(id, submission, context)).toMatchObject({ code: 'malformed_proof' });
      }
    });

    it('S-20 a lock stops Duo’s answers too', async () => {
      const id = await person.begin();
      for (let i = 0; i < 10; i += 1) await person.finish(id, await person.visitDuo(id, 'deny'));
      expect(await person.stored(id)).toMatchObject({ state: 'locked' });
      const next = await person.begin();
      expect(await house.engine.redirects.begin(next, redirect, context)).toMatchObject({ code: 'locked' });
    });

    it('S-23 asks Duo no more than the person’s budget allows', async () => {
      const id = await person.begin();
      const before = duo.requests.length;
      const outcomes = [];
      for (let i = 0; i < 70; i += 1) {
        outcomes.push((await house.engine.redirects.begin(id, redirect, context)).outcome);
      }
      const begun = outcomes.filter((outcome) => outcome === 'begun').length;
      expect(begun).toBeLessThan(61);
      expect(duo.requests.length - before).toBe(begun);
    });

    it.each(failures)('S-93 keeps people out when Duo %s', async (_what, how) => {
      const id = await person.begin();
      duo.misbehave(how);
      expect(await house.engine.redirects.begin(id, redirect, context)).toEqual({
        outcome: 'refused',
        code: 'service_unavailable',
      });
      expect(await house.engine.complete(id)).toMatchObject({ outcome: 'refused' });
      expect(await reasons('gd_auth_failed')).toEqual([expect.stringMatching(/^\w+$/)]);
      expect(await person.finish(id, await person.visitDuo(id))).toMatchObject({ outcome: 'satisfied' });
    });

    it.each(failures)(
      'S-93 a good answer counts for nothing when Duo %s at the exchange',
      async (_what, how) => {
        await setFactors({ failMode: 'open' });
        const id = await person.begin();
        const broughtBack = await person.visitDuo(id);
        duo.misbehave(how);
        expect(await person.finish(id, broughtBack)).toMatchObject({ code: 'invalid_proof' });
        expect(await house.engine.complete(id)).toMatchObject({ outcome: 'refused' });
      },
    );

    it('S-93 nobody else’s server passes for Duo, whatever the fail mode', async () => {
      await setFactors({ failMode: 'open' });
      const pinned = await houseWith((authorities) =>
        createOutboundClient({ isDevelopment: true, authorities }),
      );
      const id = await person.begin();
      expect(await pinned.engine.redirects.begin(id, redirect, context)).toMatchObject({
        code: 'service_unavailable',
      });
      expect(await reasons('gd_auth_failed')).toEqual(['SELF_SIGNED_CERT_IN_CHAIN']);
    });

    it('S-92 goes to no private address', async () => {
      await setFactors({ failMode: 'open' });
      const guarded = await houseWith(() => createOutboundClient());
      const id = await person.begin();
      expect(await guarded.engine.redirects.begin(id, redirect, context)).toMatchObject({
        code: 'service_unavailable',
      });
      expect(await reasons('gd_auth_failed')).toEqual(['private_address']);
    });

    it('S-93 settings that are missing are no outage', async () => {
      await setFactors({ failMode: 'open', host: '' });
      const id = await person.begin();
      expect(await house.engine.redirects.begin(id, redirect, context)).toMatchObject({
        code: 'service_unavailable',
      });
      expect(await reasons('gd_auth_failed')).toEqual(['not_set_up']);
    });

    describe('where the fail mode is open', () => {
      beforeEach(() => setFactors({ failMode: 'open' }));

      const beginDuring = (how: Misbehaviour, id: string) => {
        duo.misbehave(how);
        return house.engine.redirects.begin(id, redirect, context);
      };
      const letIn = async () => {
        const id = await person.begin();
        const waived = await beginDuring('reset', id);
        expect(waived).toEqual({ outcome: 'waived', detail: 'ECONNRESET' });
        const completed = await house.engine.complete(id);
        if (completed.outcome !== 'completed') throw new Error(`Not completed: ${completed.outcome}.`);
        return { id, proofs: completed.proofs };
      };

      it.each(failures)(
        'when Duo %s, people get in only if that is an outage',
        async (_what, how, isOutage) => {
          const id = await person.begin();
          expect(await beginDuring(how, id)).toMatchObject(
            isOutage ? { outcome: 'waived' } : { code: 'service_unavailable' },
          );
          expect(await house.engine.complete(id)).toMatchObject({
            outcome: isOutage ? 'completed' : 'refused',
          });
        },
      );

      it('lets in on the password for five minutes, and says so in the log', async () => {
        const { proofs } = await letIn();
        expect(proofs).toMatchObject([{ factor: 'password' }, { factor: 'duo', isWaived: true }]);
        expect(await reasons('gd_auth_failed')).toEqual(['ECONNRESET']);
        expect(await reasons('w')).toEqual(['ECONNRESET']);
        expect(await house.eventTypes(ann)).not.toContain('gd_auth_succeed');
        expect(await requirement({ proofs })).toEqual({ kind: 'none' });
        expect(await requirement({ proofs, purpose: 'silent' })).toEqual({ kind: 'none' });
        house.clock.advance(301);
        expect(await requirement({ proofs })).toEqual({ kind: 'challenge', factors: ['duo'] });
        expect(await requirement({ proofs, purpose: 'refresh' })).toMatchObject({ kind: 'challenge' });
      });

      it('S-29 claims nothing of it', async () => {
        const { proofs } = await letIn();
        expect(claimsOf(proofs, house.engine.registry, [])).toEqual({});
      });

      it.each([
        ['acr_values', { acrValues: ['http://schemas.openid.net/pape/policies/2007/06/multi-factor'] }],
        ['a step-up scope', { stepUpScopes: ['transfer:funds'], audience: 'https://api.example.com' }],
        ['the MFA API', { mfaAudience: true }],
        ['the My Account API', { myAccountAudience: true }],
      ])('meets no demand by %s', async (_what, demand) => {
        const { proofs } = await letIn();
        expect(await requirement({ proofs, ...demand })).toMatchObject({ kind: 'challenge' });
        const id = await person.begin(demand);
        expect(await beginDuring('reset', id)).toMatchObject({ code: 'service_unavailable' });
        expect(await house.engine.complete(id)).toMatchObject({ outcome: 'refused' });
      });

      it('remembers no browser, and no address where everything was proved', async () => {
        const before = await database.db
          .selectFrom('users')
          .select('proved_address')
          .where('id', '=', ann)
          .execute();
        const id = await person.begin();
        await beginDuring('reset', id);
        expect(await house.engine.browsers.remember(id, context)).toBeUndefined();
        expect(
          await database.db.selectFrom('users').select('proved_address').where('id', '=', ann).execute(),
        ).toEqual(before);
      });

      it('S-40 vouches for no change of methods', async () => {
        const { proofs } = await letIn();
        const [method] = await house.engine.methods(ann);
        const actor = { kind: 'person', id: client.id, proofs } as const;
        expect(await house.engine.removeMethod(ann, method?.id ?? '', actor, context)).toMatchObject({
          code: 'weak_proof',
        });
      });

      it('S-28 is judged again when the login is completed', async () => {
        const id = await person.begin();
        await beginDuring('reset', id);
        await setFactors();
        expect(await house.engine.complete(id)).toMatchObject({ outcome: 'pending' });
      });

      it('keeps out who has yet to set it up', async () => {
        const other = duoPerson(house, duo, bob);
        const id = await other.begin();
        await house.engine.beginEnrolment(id, { factor: 'duo' }, context);
        expect(await beginDuring('reset', id)).toMatchObject({ code: 'service_unavailable' });
      });

      it('lets nobody in under a policy that takes phishing-resistant factors only', async () => {
        const id = await person.begin();
        await house.setTenant({ phishingResistantOnly: true });
        expect(await beginDuring('reset', id)).toMatchObject({ outcome: 'refused' });
        await house.setTenant({ phishingResistantOnly: false });
      });
    });

    it('S-105 the secret key is at no place in the database, nor in what is thrown', async () => {
      duo.misbehave({ answer: { status: 400, body: '{}' } });
      await house.engine.redirects.begin(await person.begin(), redirect, context);
      for (const table of ['tenant_settings', 'logs', 'challenges', 'authentication_methods'] as const) {
        expect(JSON.stringify(await database.db.selectFrom(table).selectAll().execute())).not.toContain(
          duo.skey,
        );
      }
    });
  });

  describe('beside other factors', () => {
    const otpToo = () => setFactors({}, { otp: { enabled: true } });

    it('is set up by nobody where another factor could be a person’s only one', async () => {
      await otpToo();
      expect(await requirement()).toEqual({ kind: 'enrol', factors: ['otp'] });
      const id = await person.begin();
      expect(await house.engine.beginEnrolment(id, { factor: 'duo' }, context)).toMatchObject({
        code: 'not_allowed',
      });
    });

    it('goes on for who has it alone, with nothing beside it', async () => {
      await person.signIn();
      await otpToo();
      expect(await requirement()).toEqual({ kind: 'challenge', factors: ['duo'] });
    });

    it('of two people with one name at Duo, only the first sets it up', async () => {
      await setFactors({ username: 'local-part' });
      await house.addUser('auth0|ann2', { email: 'auth0.ann@example.org' });
      expect((await person.signIn()).result).toMatchObject({ outcome: 'satisfied' });
      expect(duo.promptedFor()).toBe('auth0.ann');
      const namesake = duoPerson(house, duo, 'auth0|ann2');
      expect((await namesake.signIn()).result).toMatchObject({ code: 'invalid_proof' });
      expect(await reasons('gd_auth_failed')).toEqual(['claimed_by_another']);
    });
  });
});
