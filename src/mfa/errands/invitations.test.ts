import { beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../../test/support/databases.ts';
import {
  codeOf,
  context,
  createTestEngine,
  enrolOtp,
  type TestEngine,
} from '../../../test/support/engine.ts';
import { operatorConnection } from '../../accounts/operators.ts';
import { voidTickets } from '../../accounts/tickets.ts';
import { insertUser } from '../../accounts/users.ts';
import type { MfaEngine } from '../engine.ts';
import type { Notice } from '../parts.ts';
import type { DecisionInput, Enrols } from '../transaction.ts';
import type { Invitation } from './invite.ts';

const operator = { kind: 'operator', id: 'olga@example.com' } as const;
const ann = 'auth0|ann';
const day = 24 * 60 * 60;

forEachDatabase((_engine, open) => {
  let house: TestEngine;

  beforeEach(async () => {
    house = await createTestEngine(await open());
    await house.addUser(ann);
  });

  const invite = async (invitation: Partial<Invitation> = {}, userId = ann) => {
    const made = await house.engine.errands.invite(
      userId,
      { allowsAnother: false, ...invitation },
      operator,
      context,
    );
    return made;
  };

  const invited = async (invitation: Partial<Invitation> = {}, userId = ann) => {
    const made = await invite(invitation, userId);
    if (made.outcome === 'refused') throw new Error(`Not invited: ${made.code}.`);
    return made.ticket;
  };

  const enrolsOf = async (ticket: string): Promise<Enrols> => {
    const found = await house.engine.errands.findInvitation(ticket);
    if (found.standing !== 'valid') throw new Error(`The invitation is ${found.standing}.`);
    return found.enrols;
  };

  const input = (enrols: Enrols, changes: Partial<DecisionInput> = {}): DecisionInput => ({
    purpose: 'enrolment',
    userId: ann,
    client: { id: 'enrolment-invitation', name: 'Countersign' },
    acrValues: [],
    scope: [],
    stepUpScopes: [],
    mfaAudience: false,
    enrols,
    proofs: [{ factor: 'link', at: house.clock.now }],
    ...changes,
  });

  let interactions = 0;
  /** Takes the invitation up, as one browser does. */
  const takeUp = async (enrols: Enrols, engine: MfaEngine = house.engine) => {
    interactions += 1;
    const interactionId = `errand-${interactions}`;
    const begun = await engine.begin(input(enrols), { interactionId }, context);
    if (begun.outcome !== 'begun') throw new Error(`Nothing was begun: ${begun.outcome}.`);
    return begun.transaction;
  };

  const setUpOtp = async (transactionId: string, engine: MfaEngine = house.engine) => {
    const begun = await engine.beginEnrolment(transactionId, { factor: 'otp' }, context);
    if (begun.outcome === 'refused') return begun;
    const proof = await codeOf(begun.shown.secret as string, house.clock.now);
    return engine.submit(transactionId, { factor: 'otp', proof }, context);
  };

  const confirmed = async () => (await house.engine.methods(ann)).filter(({ isConfirmed }) => isConfirmed);

  describe('an invitation', () => {
    it('leads to one enrolment, spends the ticket with it, and asks for nothing more', async () => {
      const ticket = await invited();
      const { id, requirement } = await takeUp(await enrolsOf(ticket));
      expect(requirement).toMatchObject({ kind: 'enrol', factors: expect.arrayContaining(['otp']) });
      expect(await setUpOtp(id)).toMatchObject({ outcome: 'satisfied' });
      expect(await house.engine.errands.findInvitation(ticket)).toEqual({ standing: 'used' });
      const completed = await house.engine.complete(id);
      expect(completed).toMatchObject({ outcome: 'completed', userId: ann });
      expect((await confirmed()).map(({ factor }) => factor).sort()).toEqual(['otp', 'recovery-code']);
      expect(house.notices.map(({ template }) => template)).toEqual(['mfa_enrolled']);
    });

    it('S-42 is kept as a keyed hash, is 256 bits long, and works for five days', async () => {
      const ticket = await invited();
      expect(ticket).toMatch(/^[\w-]{43}$/);
      const stored = await house.database.db.selectFrom('tickets').selectAll().execute();
      expect(JSON.stringify(stored)).not.toContain(ticket);
      house.clock.advance(5 * day - 1);
      expect(await house.engine.errands.findInvitation(ticket)).toMatchObject({ standing: 'valid' });
      house.clock.advance(1);
      expect(await house.engine.errands.findInvitation(ticket)).toEqual({ standing: 'expired' });
    });

    it('S-42 is void after a newer one, and after a reset', async () => {
      const older = await invited();
      const newer = await invited();
      expect(await house.engine.errands.findInvitation(older)).toEqual({ standing: 'unknown' });
      await house.engine.resetUser(ann, operator, context);
      expect(await house.engine.errands.findInvitation(newer)).toEqual({ standing: 'unknown' });
    });

    it('S-42 that was voided in mid-flow enrols nothing', async () => {
      const enrols = await enrolsOf(await invited());
      const { id } = await takeUp(enrols);
      await house.database.transaction((trx) => voidTickets(trx, ann, 'enrolment'));
      expect(await setUpOtp(id)).toMatchObject({ outcome: 'refused', code: 'expired' });
      expect(await confirmed()).toEqual([]);
    });

    it('S-42 two browsers with one link, on two nodes: one wins', async () => {
      const other = await house.anotherNode();
      for (let round = 0; round < 8; round += 1) {
        const enrols = await enrolsOf(await invited({ allowsAnother: true }));
        const [a, b] = [await takeUp(enrols), await takeUp(enrols, other)];
        const outcomes = await Promise.all([setUpOtp(a.id), setUpOtp(b.id, other)]);
        expect(outcomes.filter(({ outcome }) => outcome === 'satisfied')).toHaveLength(1);
        expect((await confirmed()).filter(({ factor }) => factor === 'otp')).toHaveLength(1);
        await house.engine.resetUser(ann, operator, context);
        house.clock.advance(30);
      }
    });

    it('S-42 is one person’s: it enrols nothing for another', async () => {
      await house.addUser('auth0|bob');
      const enrols = await enrolsOf(await invited({}, 'auth0|bob'));
      const { id } = await takeUp(enrols);
      expect(await setUpOtp(id)).toMatchObject({ outcome: 'refused', code: 'expired' });
      expect(await house.engine.methods('auth0|bob')).toEqual([]);
    });

    it('is for people who have nothing, unless it says otherwise', async () => {
      await house.setTenant({ policy: 'always' });
      await enrolOtp(house, ann);
      const enrols = await enrolsOf(await invited());
      const begun = await house.engine.begin(input(enrols), { interactionId: 'errand' }, context);
      expect(begun).toMatchObject({
        outcome: 'none',
        decision: { reasons: [{ code: 'invitation' }, { code: 'already_enrolled' }] },
      });
    });

    it('S-39 who has a method proves it before another is set up, link or no link', async () => {
      await house.setTenant({
        policy: 'always',
        factors: { otp: { enabled: true }, 'webauthn-roaming': { enabled: true } },
      });
      const { secret } = await enrolOtp(house, ann);
      const enrols = await enrolsOf(await invited({ allowsAnother: true }));
      const { id, requirement } = await takeUp(enrols);
      expect(requirement).toMatchObject({ kind: 'challenge', factors: ['otp'] });
      expect(await house.engine.beginEnrolment(id, { factor: 'webauthn-roaming' }, context)).toMatchObject({
        outcome: 'refused',
        code: 'already_enrolled',
      });
      const proof = await codeOf(secret, house.clock.now);
      expect(await house.engine.submit(id, { factor: 'otp', proof }, context)).toEqual({
        outcome: 'pending',
        requirement: { kind: 'enrol', factors: ['webauthn-roaming', 'otp'] },
      });
      expect(await house.engine.beginEnrolment(id, { factor: 'webauthn-roaming' }, context)).toMatchObject({
        outcome: 'begun',
      });
    });

    it('S-39 a method that somebody set up meanwhile is asked for first', async () => {
      await house.setTenant({ policy: 'always' });
      const enrols = await enrolsOf(await invited({ allowsAnother: true }));
      const { id } = await takeUp(enrols);
      await enrolOtp(house, ann);
      expect(await setUpOtp(id)).toMatchObject({ outcome: 'refused', code: 'already_enrolled' });
    });

    it('can name the factor', async () => {
      await house.setTenant({
        factors: { otp: { enabled: true }, 'webauthn-roaming': { enabled: true } },
      });
      const { requirement } = await takeUp(await enrolsOf(await invited({ factor: 'webauthn-roaming' })));
      expect(requirement).toEqual({ kind: 'enrol', factors: ['webauthn-roaming'] });
    });

    it.each([
      ['to the mailbox it may come to (S-32)', 'email', 'unsupported'],
      ['to what comes by itself', 'recovery-code', 'unsupported'],
      ['to what there is not', 'carrier-pigeon', 'unsupported'],
      ['to what is off', 'phone', 'factor_disabled'],
    ])('is refused %s', async (_what, factor, code) => {
      expect(await invite({ factor })).toEqual({ outcome: 'refused', code });
    });

    it('is refused for nobody’s account and for a blocked one', async () => {
      await house.addUser('auth0|eve', { blocked: true });
      expect(await invite({}, 'auth0|nobody')).toMatchObject({ code: 'not_found' });
      expect(await invite({}, 'auth0|eve')).toMatchObject({ code: 'not_allowed' });
    });

    it('S-106 S-107 nor by an application to an operator, of whom it takes nothing away either', async () => {
      const olga = 'auth0|olga';
      await insertUser(house.database.db, () => house.clock.now, {
        ...{ id: olga, email: 'olga@example.com', emailVerified: true, passwordHash: null },
        connection: operatorConnection,
      });
      await house.setTenant({ policy: 'always' });
      await enrolOtp(house, olga);
      const application = { kind: 'application', id: 'machine' } as const;
      const { engine } = house;
      const [{ id } = { id: '' }] = await engine.methods(olga);
      const acts = await Promise.all([
        engine.errands.invite(olga, { allowsAnother: true }, application, context),
        engine.removeMethod(olga, id, application, context),
        engine.resetUser(olga, application, context),
        engine.unlockUser(olga, application, context),
        engine.browsers.forgetAll(olga, application, context),
      ]);
      expect(acts).toEqual(acts.map(() => ({ outcome: 'refused', code: 'not_found' })));
      expect(await engine.errands.invite(olga, { allowsAnother: true }, operator, context)).toMatchObject({
        outcome: 'invited',
      });
    });

    it('S-20 S-28 ends when the person is blocked in mid-flow', async () => {
      const { id } = await takeUp(await enrolsOf(await invited()));
      await house.database.db.updateTable('users').set({ blocked: 1 }).where('id', '=', ann).execute();
      expect(await setUpOtp(id)).toMatchObject({ outcome: 'refused', code: 'not_allowed' });
    });

    it('S-108 is logged with who made it, and never with the link', async () => {
      const ticket = await invited({ factor: 'otp', mail: { to: 'ann@work.example' } });
      const [event, ...others] = await house.database.db.selectFrom('logs').selectAll().execute();
      expect(others).toEqual([]);
      expect(event).toMatchObject({ type: 'sapi', user_id: ann });
      expect(JSON.parse(event?.details ?? '')).toEqual({
        invitation: { factor: 'otp', allowsAnother: false, channel: 'email' },
        actor: operator.id,
      });
      expect(JSON.stringify(event)).not.toContain(ticket);
    });

    it('goes out by mail where that is wanted, to another address too', async () => {
      await invited();
      expect(house.notices).toEqual([]);
      const ticket = await invited({ mail: { to: 'ann@work.example' } });
      const [notice] = house.notices as (Notice & { template: 'enrollment_email' })[];
      expect(notice).toMatchObject({
        template: 'enrollment_email',
        to: 'ann@work.example',
        path: `/guardian/enroll?ticket=${ticket}`,
        lifetimeSeconds: 5 * day,
      });
    });
  });

  describe('the link of a message', () => {
    const reset = (changes: Partial<DecisionInput> = {}): DecisionInput => ({
      ...input({ ticketId: '', allowsAnother: false }),
      purpose: 'password-reset',
      proofs: [{ factor: 'link', channel: 'email', at: house.clock.now }],
      ...changes,
    });
    const decide = (changes: Partial<DecisionInput> = {}) => {
      const { enrols: _, ...asked } = reset(changes);
      return house.database.transaction((trx) => house.engine.errands.decide(trx, asked));
    };

    it('S-64 is enough to choose a password where nothing demands more, or nothing is enrolled', async () => {
      await enrolOtpUnder('never');
      expect((await decide()).requirement).toEqual({ kind: 'none' });
      await house.addUser('auth0|bob');
      await house.setTenant({ policy: 'always' });
      expect(await decide({ userId: 'auth0|bob' })).toMatchObject({
        requirement: { kind: 'none' },
        reasons: [{ code: 'tenant_policy' }, { code: 'nothing_enrolled' }],
      });
    });

    it('S-64 is not where the policy asks everybody, or this application does', async () => {
      await enrolOtpUnder('always');
      expect((await decide()).requirement).toMatchObject({ kind: 'challenge' });
      await house.setTenant({ policy: 'never' });
      const client = { id: 'shop', name: 'Shop', mfaPolicy: 'always' } as const;
      expect((await decide({ client })).requirement).toMatchObject({ kind: 'challenge' });
    });

    it('S-64 nor by way of an application that asks for less than the tenant: the password opens them all', async () => {
      await enrolOtpUnder('always');
      const client = { id: 'forum', name: 'Forum', mfaPolicy: 'never' } as const;
      expect(await decide({ client })).toMatchObject({
        requirement: { kind: 'challenge' },
        reasons: [{ code: 'tenant_policy' }],
      });
    });

    it('S-32 and the mailbox is never the second factor', async () => {
      await enrolOtpUnder('always');
      await house.setTenant({ factors: { otp: { enabled: true }, email: { enabled: true } } });
      expect((await decide()).requirement).toEqual({ kind: 'challenge', factors: ['otp'] });
      const methodId = (await house.engine.methods(ann)).find(({ factor }) => factor === 'email')?.id ?? '';
      const at = house.clock.now;
      const proofs = [
        { factor: 'link', channel: 'email', at },
        { factor: 'email', channel: 'email', methodId, at },
      ];
      expect((await decide({ proofs })).requirement).toEqual({ kind: 'challenge', factors: ['otp'] });
    });

    it('S-64 sets nothing up, though all that the person has is switched off', async () => {
      await enrolOtpUnder('always');
      await house.setTenant({
        factors: { otp: { enabled: false }, 'webauthn-roaming': { enabled: true } },
      });
      expect((await decide()).requirement).toEqual({ kind: 'blocked' });
    });

    it('S-64 and a remembered browser says nothing about who chooses a password', async () => {
      await enrolOtpUnder('always');
      const { requirement, allowsRememberBrowser } = await decide();
      expect({ kind: requirement.kind, allowsRememberBrowser }).toEqual({
        kind: 'challenge',
        allowsRememberBrowser: false,
      });
    });

    async function enrolOtpUnder(policy: 'always' | 'never') {
      await house.setTenant({ policy: 'always' });
      await enrolOtp(house, ann);
      await house.setTenant({ policy });
    }
  });
});
