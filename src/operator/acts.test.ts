import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import type { FormBrowser } from '../../test/support/formBrowser.ts';
import { consoleStarter, operator, type TestConsole } from '../../test/support/operatorConsole.ts';
import { findUserById } from '../accounts/users.ts';
import { newId } from '../crypto/ids.ts';
import { readTenantSettings } from '../tenant/tenantSettings.ts';

const actor = `${operator.email} (operator console)`;

forEachDatabase((_engine, open) => {
  describe('what operators do', () => {
    const start = consoleStarter(open);
    let house: TestConsole;
    let browser: FormBrowser;
    let operatorId: string;
    let id: string;
    let email: string;
    let count = 0;

    beforeAll(async () => {
      house = await start();
      operatorId = await house.addOperator();
      ({ browser } = await house.signIn());
    });
    beforeEach(async () => {
      count += 1;
      email = `person-${count}@example.com`;
      id = await house.addPerson(email);
    });

    const pathOf = (user = id) => `/operator/users/${encodeURIComponent(user)}`;
    const lastEvent = async () => (await house.events()).at(-1);
    const settings = () => readTenantSettings(house.house.database.db);

    /** Opens the question, says yes, and ends at the person's page. */
    async function act(name: string) {
      const asked = await browser.get(`${pathOf()}/${name}`);
      expect(asked.status).toBe(200);
      expect(asked.body).toContain(`<strong>${email}</strong>`);
      return browser.follow(await browser.submit({}, 'question'));
    }

    async function enrol(factor = 'otp') {
      const { db } = house.house.database;
      const now = house.clock.now;
      const methodId = `totp|${newId('dev', house.house.clock)}`;
      await db
        .insertInto('authentication_methods')
        .values({
          id: methodId,
          user_id: id,
          factor,
          state_encrypted: house.house.vault.encrypt(
            JSON.stringify({ secretBase32: 'JBSWY3DPEHPK3PXP', lastTimeStep: null, drift: 0 }),
            `authentication_methods.state_encrypted:${id}:${methodId}`,
          ),
          revision: 0,
          confirmed_at: now,
          transaction_id: null,
          created_at: now,
          last_used_at: now,
        })
        .execute();
      return methodId;
    }

    /** A browser of theirs that isn't asked again. */
    async function remember(name: string): Promise<string> {
      const now = house.clock.now;
      const browserId = newId('rbr', house.house.clock);
      await house.house.database.db
        .insertInto('remembered_browsers')
        .values({
          id: browserId,
          user_id: id,
          token_hash: `hash-${id}-${name}`,
          ip: '192.0.2.44',
          user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
          created_at: now,
          last_used_at: now,
          expires_at: now + 30 * 24 * 3_600_000,
        })
        .execute();
      return browserId;
    }

    const lock = (lockedUntil: number) =>
      house.house.database.db
        .insertInto('second_factor_locks')
        .values({ user_id: id, failures: 0, locks: 1, locked_until: lockedUntil, notified_at: null })
        .execute();

    it('S-65 S-108 a reset asks first, takes every method, tells the person, names the operator, shows no secret', async () => {
      await enrol();
      const before = await browser.get(pathOf());
      expect(before.body).toContain('Authenticator app');
      expect(before.body).not.toContain('JBSWY3DPEHPK3PXP');
      const after = await act('reset-mfa');
      expect(after.body).toContain('Multi-factor was reset.');
      expect(after.body).toContain('No second factor is set up.');
      expect(await house.house.engine.methods(id)).toEqual([]);
      const [message] = await house.outbox(email);
      expect(message?.subject).toContain('was reset');
      expect(message?.text).not.toContain('127.0.0.1');
      const event = await lastEvent();
      expect(event).toMatchObject({ type: 'gd_unenroll', user_id: id, ip: '127.0.0.1' });
      expect(JSON.stringify(event?.details)).toContain(actor);
    });

    const removalOf = (methodId: string, user = id) =>
      `${pathOf(user)}/methods/${encodeURIComponent(methodId)}`;

    it('S-65 S-108 one method is removed after a question, the person told, the operator named', async () => {
      const first = await enrol();
      const second = await enrol();
      const asked = await browser.get(removalOf(first));
      expect(asked.heading).toBe('Remove: Authenticator app?');
      expect(asked.body).toContain(`<strong>${email}</strong>`);
      expect(asked.body).toContain('These stay: Authenticator app.');
      const after = await browser.follow(await browser.submit({}, 'question'));
      expect(after.body).toContain('The method was removed.');
      expect(after.body).toContain(removalOf(second));
      expect(after.body).not.toContain(removalOf(first));
      const [message] = await house.outbox(email);
      expect(message?.subject).toContain('was removed');
      expect(message?.text).not.toContain('127.0.0.1');
      const event = await lastEvent();
      expect(event).toMatchObject({ type: 'gd_unenroll', user_id: id, ip: '127.0.0.1' });
      expect(event?.details).toMatchObject({ actor, authenticator: { id: first } });
      // Twice makes no sense: the question leads back.
      expect((await browser.get(removalOf(first))).location).toBe(pathOf());
    });

    it('the question about the last one that can stand alone names what goes with it', async () => {
      const app = await enrol();
      await enrol('recovery-code');
      const asked = await browser.get(removalOf(app));
      expect(asked.body).toContain('these go with it: Recovery code.');
      expect(asked.body).toContain('the password alone is enough');
      await browser.submit({}, 'question');
      expect(await house.house.engine.methods(id)).toEqual([]);
    });

    it('S-11 S-40 neither a method of somebody else nor one of the operator’s own can be removed', async () => {
      const methodId = await enrol();
      const other = await house.addPerson(`other-${count}@example.com`);
      const [own] = await house.house.engine.methods(operatorId);
      const { body } = await browser.get(pathOf(operatorId));
      expect(body).not.toContain('/methods/');
      const csrf = /name="csrf" value="([^"]+)"/.exec(body)?.[1] ?? '';
      for (const [user, method] of [
        [other, methodId],
        [operatorId, own?.id ?? ''],
      ] as const) {
        const answer = await browser.post(removalOf(method, user), { csrf });
        expect(answer.location).toBe(pathOf(user));
      }
      expect(await house.house.engine.methods(id)).toHaveLength(1);
      expect(await house.house.engine.methods(operatorId)).toHaveLength(2);
      expect((await browser.get(removalOf(methodId, 'auth0|nobody'))).status).toBe(404);
    });

    it('S-108 unlocking lifts the lock', async () => {
      await lock(house.clock.now + 3_600_000);
      expect((await browser.get(pathOf())).body).toContain('locked</span> until');
      expect((await act('unlock')).body).toContain('The lock was lifted.');
      expect(await house.house.engine.lockOf(id)).toBeUndefined();
      expect(await lastEvent()).toMatchObject({ type: 'sapi', user_id: id, details: { actor } });
    });

    it('S-108 S-79 blocking and unblocking', async () => {
      expect((await act('block')).body).toContain('The account is blocked.');
      expect(await findUserById(house.house.database.db, id)).toMatchObject({ blocked: true });
      expect(await lastEvent()).toMatchObject({
        type: 'sapi',
        description: 'User block',
        details: { actor },
      });
      // Twice makes no sense: the question leads back.
      expect((await browser.get(`${pathOf()}/block`)).location).toBe(pathOf());
      expect((await act('unblock')).body).toContain('no longer blocked');
      expect(await findUserById(house.house.database.db, id)).toMatchObject({ blocked: false });
      expect(await lastEvent()).toMatchObject({ description: 'User unblock', details: { actor } });
    });

    it('S-46 S-108 signing somebody out everywhere, and nobody else', async () => {
      const now = house.clock.now;
      for (const owner of [id, 'auth0|somebody-else']) {
        await house.house.database.db
          .insertInto('sessions')
          .values({
            uid: `session of ${owner}`,
            user_id: owner,
            proofs: '[]',
            ip: '192.0.2.44',
            user_agent: 'test',
            created_at: now,
            updated_at: now,
            expires_at: now + 3_600_000,
          })
          .execute();
      }
      expect((await act('sign-out')).body).toContain('signed out everywhere');
      const left = house.house.database.db.selectFrom('sessions').select('user_id');
      expect(await left.where('user_id', '=', id).execute()).toEqual([]);
      expect(await left.where('user_id', '=', 'auth0|somebody-else').execute()).not.toEqual([]);
      expect(await lastEvent()).toMatchObject({ type: 'sapi', user_id: id, details: { actor } });
      await house.house.database.db.deleteFrom('sessions').execute();
    });

    it('S-108 sending a link to choose a new password', async () => {
      expect((await act('send-password-reset')).body).toContain('is on its way');
      const [message] = await house.outbox(email);
      expect(message?.text).toContain('/u/reset-password/change?ticket=');
      expect((await house.events()).slice(-2)).toMatchObject([
        { type: 'scpr', user_id: id },
        { type: 'sapi', description: 'Send a password reset', details: { actor } },
      ]);
      expect(JSON.stringify(await house.events())).not.toContain('ticket=');
    });

    it('S-108 inviting to set up a second factor', async () => {
      expect((await act('invite-mfa')).body).toContain('is on its way');
      const [message] = await house.outbox(email);
      expect(message?.text).toContain('/guardian/enroll?ticket=');
      expect(await lastEvent()).toMatchObject({
        type: 'sapi',
        user_id: id,
        details: { actor, invitation: { allowsAnother: true, channel: 'email' } },
      });
      expect(JSON.stringify(await house.events())).not.toContain('ticket=');
    });

    it('S-108 forgetting remembered browsers', async () => {
      await remember('only');
      expect((await browser.get(pathOf())).body).toContain('Firefox on Linux');
      const [remembered] = await house.house.engine.browsers.ofUser(id);
      const question = await browser.get(`${pathOf()}/browsers/${remembered?.id}`);
      expect(question.body).toContain('Forget Firefox on Linux?');
      expect(await house.house.engine.browsers.ofUser(id)).toHaveLength(1);
      expect((await act('forget-browsers')).body).toContain('No browser is remembered.');
      expect(await lastEvent()).toMatchObject({ type: 'sapi', details: { actor } });
      // Somebody else was quicker.
      expect((await browser.get(`${pathOf()}/browsers/${remembered?.id}`)).location).toBe(pathOf());
    });

    it('S-77 S-108 forgetting one remembered browser', async () => {
      const [kept, gone] = [await remember('kept'), await remember('gone')];
      const answer = await act(`browsers/${gone}`);
      expect(answer.body).toContain('The browser was forgotten.');
      expect((await house.house.engine.browsers.ofUser(id)).map((one) => one.id)).toEqual([kept]);
      expect(await lastEvent()).toMatchObject({
        type: 'sapi',
        description: 'Forget a remembered browser',
        details: { actor, browser_id: gone },
      });
    });

    it('nobody can be kept out of their own account by a slip', async () => {
      const own = (await browser.get(pathOf(operatorId))).body;
      expect(own).toContain('This is your own account.');
      for (const name of ['block', 'reset-mfa']) {
        expect(own).not.toContain(`/${name}"`);
        const csrf = /name="csrf" value="([^"]+)"/.exec(own)?.[1] ?? '';
        expect((await browser.post(`${pathOf(operatorId)}/${name}`, { csrf })).location).toBe(
          pathOf(operatorId),
        );
      }
      expect(await findUserById(house.house.database.db, operatorId)).toMatchObject({ blocked: false });
      expect((await browser.get('/operator')).status).toBe(200);
    });

    it('S-108 the policy, with what it was before; said once, logged once', async () => {
      await browser.get('/operator/multi-factor');
      const changed = await browser.follow(
        await browser.submit({ policy: 'always', counts: 'any' }, 'policy'),
      );
      expect(changed.body).toContain('The policy was changed.');
      expect((await settings()).policy).toBe('always');
      const event = await lastEvent();
      expect(event).toMatchObject({
        type: 'gd_tenant_update',
        details: {
          from: { policy: 'never', phishing_resistant: false },
          to: { policy: 'always', phishing_resistant: false },
          actor,
        },
      });
      await browser.submit({ policy: 'always', counts: 'any' }, 'policy');
      expect(await lastEvent()).toEqual(event);
    });

    it('S-108 a factor on and off, after a question', async () => {
      await browser.get('/operator/multi-factor/recovery-code');
      expect(browser.page?.heading).toBe('Switch off: Recovery code?');
      await browser.submit({}, 'question');
      expect((await settings()).factors['recovery-code']).toMatchObject({ enabled: false });
      expect(await lastEvent()).toMatchObject({
        type: 'gd_tenant_update',
        description: 'Factor disable',
        details: { factor: 'recovery-code', actor },
      });
      await browser.get('/operator/multi-factor/recovery-code');
      expect(browser.page?.heading).toBe('Switch on: Recovery code?');
      await browser.submit({}, 'question');
      expect((await settings()).factors['recovery-code']).toMatchObject({ enabled: true });
    });

    it('the last factor that operators can sign in with stays on', async () => {
      expect(await browser.get('/operator/multi-factor/otp')).toMatchObject({
        status: 200,
        heading: 'Authenticator app stays on',
      });
      const csrf = /name="csrf" value="([^"]+)"/.exec(browser.page?.body ?? '')?.[1] ?? '';
      expect(await browser.post('/operator/multi-factor/otp', { csrf, to: 'off' })).toMatchObject({
        status: 409,
      });
      expect((await settings()).factors.otp).toMatchObject({ enabled: true });
      expect((await browser.get('/operator')).status).toBe(200);
    });
  });
});
