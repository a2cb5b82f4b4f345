import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { grantTypes } from '../../src/applications/client.ts';
import { codeOf } from '../support/engine.ts';
import {
  type Application,
  authorizationRequest,
  type Person,
  password,
  type Target,
  targetStarter,
} from './target.ts';

const recoveryCodeForm = /^[A-HJ-NP-Z1-9]{24}$/;
const subjects = {
  enrolled: 'A second step was added to your Countersign account',
  removed: 'A second step was removed from your Countersign account',
  recovery: 'Your Countersign recovery code was used',
  reset: 'The second step of your Countersign account was reset',
};

for (const engine of ['sqlite', 'postgres'] as const) {
  describe(engine, () => {
    const start = targetStarter(engine);
    let target: Target;
    let application: Application;

    beforeAll(async () => {
      target = await start();
      application = await target.application({ mfaPolicy: 'always' });
    });

    beforeEach(async () => {
      await target.house.database.db.deleteFrom('throttles').execute();
    });

    /** Subjects of what was sent to them, oldest first. */
    async function mailTo({ email }: Person): Promise<string[]> {
      const { body } = await target.send(`/dev/outbox.json?to=${encodeURIComponent(email)}`);
      return (body as { subject: string }[]).map(({ subject }) => subject).reverse();
    }

    async function eventsOf({ id }: Person) {
      const { db } = target.house.database;
      const rows = await db
        .selectFrom('logs')
        .select(['type', 'client_id'])
        .where('user_id', '=', id)
        .orderBy('log_id')
        .execute();
      return rows.map(({ type, client_id }) => ({ type, clientId: client_id }));
    }

    /** A browser at the page that asks for the one-time password. */
    async function atChallenge({ email }: Person) {
      const browser = target.browser();
      await browser.open(authorizationRequest(application).path);
      await browser.submit({ username: email, password });
      return browser;
    }

    /** The same, where the person says that the recovery code is what they have. */
    async function atRecovery(person: Person) {
      const browser = await atChallenge(person);
      await browser.submit({ action: 'pick-authenticator' }, 'aside');
      await browser.submit({ action: 'recovery-code' });
      expect(browser.heading).toBe('Use your recovery code');
      return browser;
    }

    async function recoverByApi(person: Person, recoveryCode: string) {
      const mfaToken = await target.mfaToken(application, person);
      const fields = { mfa_token: mfaToken, recovery_code: recoveryCode };
      return target.token(application, { grant_type: grantTypes.mfaRecoveryCode, ...fields });
    }

    describe('S-45 each change of a person’s second factors is told by exactly one mail', () => {
      it('an enrolment, at the pages and by the API, when it is confirmed and not before', async () => {
        const person = await target.person();
        const mfaToken = await target.mfaToken(application, person);
        const { body } = await target.associate(mfaToken);
        expect(await mailTo(person)).toEqual([]);
        await target.redeem(application, mfaToken, await codeOf(body.secret, target.house.clock()));
        expect(await mailTo(person)).toEqual([subjects.enrolled]);

        const other = await target.person();
        const browser = await atChallenge(other);
        await browser.open(browser.at.replace('enrollment-qr', 'enrollment-code'));
        expect(await mailTo(other)).toEqual([]);
        await browser.submit({ code: await codeOf(browser.shownCode, target.house.clock()) });
        await browser.submit({ saved: 'on' });
        expect(await mailTo(other)).toEqual([subjects.enrolled]);
        expect(await mailTo(person)).toEqual([subjects.enrolled]);
      });

      it('a use of the recovery code, at the pages and by the API, and no wrong one', async () => {
        const person = await target.enrolledPerson(application);
        expect((await recoverByApi(person, 'A'.repeat(24))).status).toBe(403);
        expect(await mailTo(person)).toEqual([subjects.enrolled]);
        const { body } = await recoverByApi(person, person.recoveryCode);
        expect(await mailTo(person)).toEqual([subjects.enrolled, subjects.recovery]);
        const browser = await atRecovery(person);
        await browser.submit({ code: body.recovery_code });
        await browser.submit({ saved: 'on' });
        expect(await mailTo(person)).toEqual([subjects.enrolled, subjects.recovery, subjects.recovery]);
      });

      it('a removal, though the recovery code goes with it', async () => {
        const person = await target.enrolledPerson(application);
        const mfaToken = await target.mfaToken(application, person, {
          audience: `${target.issuer}mfa/`,
          scope: 'read:authenticators remove:authenticators',
        });
        const { body } = await target.redeem(application, mfaToken, await target.code(person));
        const headers = { authorization: `Bearer ${body.access_token}` };
        const listed = await target.send('/mfa/authenticators', { headers });
        const path = `/mfa/authenticators/${encodeURIComponent(listed.body[0].id)}`;
        expect((await target.send(path, { method: 'DELETE', headers })).status).toBe(204);
        expect(await target.house.engine.methods(person.id)).toEqual([]);
        expect((await target.send(path, { method: 'DELETE', headers })).status).toBe(404);
        expect(await mailTo(person)).toEqual([subjects.enrolled, subjects.removed]);
      });

      it('a reset by an operator, whatever it takes away', async () => {
        const person = await target.enrolledPerson(application);
        const operator = { kind: 'operator', id: 'olga@example.com' } as const;
        await target.house.engine.resetUser(person.id, operator, { ip: '127.0.0.1', userAgent: 'test' });
        expect(await mailTo(person)).toEqual([subjects.enrolled, subjects.reset]);
      });
    });

    describe('S-66 after a recovery code there is a new one, a message and an event, and a way to enrol anew', () => {
      it('by the API', async () => {
        const person = await target.enrolledPerson(application);
        const before = (await eventsOf(person)).length;
        const { status, body } = await recoverByApi(person, person.recoveryCode);
        expect(status).toBe(200);
        expect(body.recovery_code).toMatch(recoveryCodeForm);
        expect(body.recovery_code).not.toBe(person.recoveryCode);
        expect(await mailTo(person)).toContain(subjects.recovery);
        expect((await eventsOf(person)).slice(before)).toContainEqual({
          type: 'gd_recovery_succeed',
          clientId: application.client.clientId,
        });
        expect((await recoverByApi(person, person.recoveryCode)).status).toBe(403);
        expect((await recoverByApi(person, body.recovery_code)).status).toBe(200);
      });

      it('at the pages, which go on only when it was seen', async () => {
        const person = await target.enrolledPerson(application);
        const before = (await eventsOf(person)).length;
        const browser = await atRecovery(person);
        const shown = await browser.submit({ code: person.recoveryCode });
        expect(browser.heading).toBe('Here’s your new recovery code');
        expect(shown.headers.location).toBeUndefined();
        const fresh = browser.shownCode;
        expect(fresh).toMatch(recoveryCodeForm);
        expect(fresh).not.toBe(person.recoveryCode);
        expect(await mailTo(person)).toContain(subjects.recovery);
        expect((await eventsOf(person)).slice(before)).toContainEqual({
          type: 'gd_recovery_succeed',
          clientId: application.client.clientId,
        });
        await browser.submit({ saved: 'on' });
        expect(browser.heading).toBe('Lost your usual method?');
        const done = await browser.submit({ action: 'skip' });
        expect(done.headers.location).toContain('code=');

        const again = await atRecovery(person);
        await again.submit({ code: person.recoveryCode });
        expect(again.heading).toBe('Use your recovery code');
        await again.submit({ code: fresh });
        expect(again.heading).toBe('Here’s your new recovery code');
      });
    });
  });
}
