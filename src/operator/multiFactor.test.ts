import { beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import type { FormBrowser } from '../../test/support/formBrowser.ts';
import { consoleStarter, operator, type TestConsole } from '../../test/support/operatorConsole.ts';
import { newId } from '../crypto/ids.ts';
import { readTenantSettings, updateTenantSettings } from '../tenant/tenantSettings.ts';
import { storeModels } from '../webauthn/models/storedModels.ts';

const actor = `${operator.email} (operator console)`;
const path = '/operator/multi-factor';
const keys = 'webauthn-roaming';
const blue = { aaguid: '11111111-aaaa-4aaa-8aaa-111111111111', description: 'Blue key' };
const red = { aaguid: '22222222-bbbb-4bbb-8bbb-222222222222', description: 'Red key' };
const broken = { aaguid: '33333333-cccc-4ccc-8ccc-333333333333', description: 'Broken key' };

forEachDatabase((_engine, open) => {
  describe('multi-factor at the console', () => {
    const start = consoleStarter(open);
    let house: TestConsole;
    let browser: FormBrowser;

    beforeEach(async () => {
      house = await start();
      await house.addOperator();
      ({ browser } = await house.signIn());
    });

    const settings = () => readTenantSettings(house.house.database.db);
    const lastEvent = async () => (await house.events()).at(-1);

    const switchOn = (...names: string[]) =>
      house.house.database.transaction((trx) =>
        updateTenantSettings(trx, house.clock.now, (tenant) => ({
          ...tenant,
          factors: {
            ...tenant.factors,
            ...Object.fromEntries(names.map((name) => [name, { enabled: true }])),
          },
        })),
      );

    const switchOff = (name: string) =>
      house.house.database.transaction((trx) =>
        updateTenantSettings(trx, house.clock.now, (tenant) => ({
          ...tenant,
          factors: { ...tenant.factors, [name]: { enabled: false } },
        })),
      );

    /** Makes the operator's session one that was opened by a key of theirs. */
    async function signInByKey() {
      const { db } = house.house.database;
      const [session] = await db.selectFrom('operator_sessions').selectAll().execute();
      const operatorId = session?.user_id ?? '';
      const methodId = await giveKey(operatorId, { ...blue, isSynced: false, isTrusted: false });
      const at = house.clock.now;
      const proofs = JSON.stringify([
        { factor: 'password', at },
        { factor: keys, methodId, at },
      ]);
      await db.updateTable('operator_sessions').set({ proofs }).execute();
    }

    const importModels = () =>
      house.house.database.transaction((trx) =>
        storeModels(
          trx,
          [
            { ...blue, roots: [], isCompromised: false, certification: 'FIDO_CERTIFIED_L1' },
            { ...red, roots: [], isCompromised: false },
            { ...broken, roots: [], isCompromised: true },
          ],
          house.clock.now,
        ),
      );

    /** Gives a person a key; the state is what its factor stores. */
    function giveKey(
      userId: string,
      credential: { aaguid: string; isSynced: boolean; isTrusted: boolean },
    ): Promise<string> {
      return giveMethod(userId, keys, {
        name: 'On my key ring',
        userHandle: 'aGFuZGxl',
        relyingPartyId: 'login.example.com',
        credential: {
          id: newId('dev', house.house.clock).replaceAll(/\W/g, ''),
          publicKey: 'a2V5',
          algorithm: -7,
          counter: 0,
          transports: ['usb'],
          aaguid: credential.aaguid,
          isSynced: credential.isSynced,
          isBackedUp: false,
          attestation: { format: 'packed', isTrusted: credential.isTrusted },
        },
      });
    }

    /** @returns the method's id */
    async function giveMethod(userId: string, factor: string, state: object): Promise<string> {
      const { database, vault, clock } = house.house;
      const id = newId('dev', clock);
      await database.db
        .insertInto('authentication_methods')
        .values({
          id,
          user_id: userId,
          factor,
          state_encrypted: vault.encrypt(
            JSON.stringify(state),
            `authentication_methods.state_encrypted:${userId}:${id}`,
          ),
          revision: 0,
          confirmed_at: house.clock.now,
          transaction_id: null,
          created_at: house.clock.now,
          last_used_at: house.clock.now,
        })
        .execute();
      return id;
    }

    const strict = { policy: 'always', counts: 'phishing-resistant' };

    it('only phishing-resistant factors count, with what that means; nobody who lacks one stays signed in', async () => {
      await switchOn(keys);
      await house.addPerson('ann@example.com');
      await giveKey(await house.addPerson('bob@example.com'), { ...blue, isSynced: false, isTrusted: false });
      const page = await browser.get(path);
      expect(page.body).toContain('1 of 2 people have one.');
      expect(page.body).toContain('1 person has no second factor at all');
      const asked = await browser.submit(strict, 'policy');
      expect(asked.heading).toBe('Accept phishing-resistant factors only?');
      expect(asked.body).toContain('Your own session ends');
      expect(asked.body).toContain('1 of 2 people have no such factor.');
      expect(asked.body).toContain('they set up a security key right after the password');
      expect(await settings()).toMatchObject({ policy: 'never', phishingResistantOnly: false });
      await browser.submit({}, 'question');
      expect(await settings()).toMatchObject({ policy: 'always', phishingResistantOnly: true });
      expect(await lastEvent()).toMatchObject({
        type: 'gd_tenant_update',
        details: { from: { phishing_resistant: false }, to: { phishing_resistant: true }, actor },
      });
      // The operator signed in by an app.
      expect((await browser.get(path)).location).toMatch(/^\/u\/login\?state=op-/);
    });

    it('nobody is asked where everybody has one, the operator too; what is switched off counts for nothing', async () => {
      await switchOn(keys);
      await giveKey(await house.addPerson('bob@example.com'), { ...blue, isSynced: false, isTrusted: false });
      await signInByKey();
      await browser.get(path);
      await browser.submit(strict, 'policy');
      expect(await settings()).toMatchObject({ phishingResistantOnly: true });
      expect((await browser.get(path)).body).toContain('1 of 1 people have one.');
      const page = await browser.submit({ policy: 'always', counts: 'any' }, 'policy');
      expect(page.location).toBe(`${path}?done=policy`);
      await switchOff(keys);
      expect(await house.house.engine.figures()).toMatchObject({ resistantUsers: 0, enrolledUsers: 1 });
    });

    it('that is refused while nobody could set one up', async () => {
      for (const on of [[], ['webauthn-platform']]) {
        await switchOn(...on);
        const page = await browser.get(path);
        expect(page.body).toMatch(/value="phishing-resistant" disabled/);
        expect(await browser.submit(strict, 'policy')).toMatchObject({
          status: 409,
          heading: 'The policy stays as it is',
        });
        expect(await settings()).toMatchObject({ policy: 'never', phishingResistantOnly: false });
      }
    });

    it('people may sign in with a passkey alone, or not any more', async () => {
      await browser.get(`${path}/passkey-sign-in`);
      expect(browser.page?.body).toContain('No factor that is on can do it.');
      await switchOn(keys);
      expect((await browser.get(`${path}/passkey-sign-in`)).body).not.toContain('No factor that is on');
      const on = await browser.follow(await browser.submit({}, 'question'));
      expect(on.body).toContain('People can sign in with a passkey.');
      expect((await settings()).passkeySignIn).toBe(true);
      expect(await lastEvent()).toMatchObject({
        description: 'Set the sign-in with a passkey',
        details: { from: false, to: true, actor },
      });
      await browser.get(`${path}/passkey-sign-in`);
      await browser.submit({}, 'question');
      expect((await settings()).passkeySignIn).toBe(false);
    });

    it('settings are saved as they differ from the defaults, and logged with both states', async () => {
      const page = await browser.get(`${path}/otp/settings`);
      expect(page.body).toContain('Life of a code.');
      const form = { algorithm: 'SHA1', digits: '8', period_seconds: '30', window: '' };
      const saved = await browser.follow(await browser.submit(form, 'settings'));
      expect(saved.body).toContain('Saved.');
      expect((await settings()).factors.otp).toEqual({ enabled: true, settings: { digits: 8 } });
      expect(await lastEvent()).toMatchObject({
        type: 'gd_tenant_update',
        details: { factor: 'otp', from: { digits: 6 }, to: { digits: 8 }, actor },
      });
      const count = (await house.events()).length;
      await browser.submit({ ...form, digits: '6' }, 'settings');
      expect((await settings()).factors.otp).toEqual({ enabled: true, settings: {} });
      await browser.get(`${path}/otp/settings`);
      await browser.submit({ ...form, digits: '6' }, 'settings');
      expect((await house.events()).length).toBe(count + 1);
    });

    it('settings that can’t be are told one by one, and what was typed stays', async () => {
      await browser.get(`${path}/otp/settings`);
      const form = { algorithm: 'MD5', digits: '6', period_seconds: '1', window: '3' };
      const answer = await browser.submit(form, 'settings');
      expect(answer.status).toBe(400);
      expect(answer.body).toContain('Algorithm: expected SHA1 or SHA256 or SHA512.');
      expect(answer.body).toContain('Period seconds: expected a whole number from 15 to 120.');
      expect(answer.body).toMatch(/name="window"[^>]* value="3"/);
      expect((await settings()).factors.otp).toEqual({ enabled: true });
    });

    /** What the form of security keys posts when nothing was changed. */
    const untouched = {
      user_verification: 'discouraged',
      relying_party_identifier: '',
      attestation: 'none',
      'algorithms:ES256': 'on',
      'algorithms:EdDSA': 'on',
      'algorithms:RS256': 'on',
      allow_synced: 'true',
      counter_regression: 'refuse',
    };

    it('security keys: verification, domain, attestation, models by name, synced keys', async () => {
      await importModels();
      const page = await browser.get(`${path}/${keys}/settings`);
      expect(page.body).toContain(blue.description);
      expect(page.body).not.toContain(broken.description);
      const saved = await browser.submit(
        {
          ...untouched,
          user_verification: 'required',
          relying_party_identifier: 'example.com',
          attestation: 'direct',
          [`allowed_models:${blue.aaguid}`]: 'on',
          allow_synced: 'false',
        },
        'settings',
      );
      expect(saved.status).toBe(303);
      expect((await settings()).factors[keys]?.settings).toEqual({
        userVerification: 'required',
        relyingPartyIdentifier: 'example.com',
        attestation: 'direct',
        allowedModels: [blue.aaguid],
        allowSynced: false,
      });
      expect((await browser.get(`${path}/${keys}/settings`)).body).toMatch(
        new RegExp(`name="allowed_models:${blue.aaguid}" value="on" checked`),
      );
    });

    it.each([
      [
        'a domain of somebody else’s',
        { relying_party_identifier: 'example.org' },
        'Relying party identifier: expected',
      ],
      [
        'a domain that nobody can have',
        { relying_party_identifier: 'com' },
        'Relying party identifier: expected',
      ],
      ['an attestation that nothing could prove', { attestation: 'direct' }, 'Attestation: expected'],
      ['a model that is not known', { [`allowed_models:${red.aaguid}`]: 'on' }, 'Allowed models: expected'],
    ])('security keys refuse %s', async (_what, change, expected) => {
      await browser.get(`${path}/${keys}/settings`);
      const answer = await browser.submit({ ...untouched, ...change }, 'settings');
      expect(answer.status).toBe(400);
      expect(answer.body).toContain(expected);
      expect((await settings()).factors[keys]).toBeUndefined();
    });

    it('a list that needs something in it does not fall back by itself', async () => {
      await browser.get(`${path}/${keys}/settings`);
      const without = Object.entries(untouched).filter(([name]) => !name.startsWith('algorithms:'));
      const answer = await browser.submit(Object.fromEntries(without), 'settings');
      expect(answer.status).toBe(400);
      expect(answer.body).toContain('Algorithms: expected ES256');
    });

    it('models are listed with their state, found by a part, and how to import them is told', async () => {
      const empty = await browser.get(`${path}/models`);
      expect(empty.body).toContain('None were imported yet.');
      expect(empty.body).toContain('countersign authenticator-model import blob.jwt');
      await importModels();
      expect((await browser.get(path)).body).toContain('3 models are known from imported metadata.');
      const all = await browser.get(`${path}/models`);
      for (const { description, aaguid } of [blue, red, broken]) {
        expect(all.body).toContain(description);
        expect(all.body).toContain(aaguid);
      }
      expect(all.body).toContain('compromised</span>');
      const found = await browser.get(`${path}/models?q=bLUE`);
      expect(found.body).toContain(blue.description);
      expect(found.body).not.toContain(red.description);
      expect((await browser.get(`${path}/models?q=green&page=99`)).body).toContain('No such model.');
    });

    it('a person’s keys are shown with name, model and whether they can be copied', async () => {
      await importModels();
      const id = await house.addPerson('ann@example.com');
      await giveKey(id, { ...blue, isSynced: false, isTrusted: true });
      await giveKey(id, { ...red, isSynced: true, isTrusted: false });
      await giveKey(id, {
        aaguid: '00000000-0000-0000-0000-000000000000',
        isSynced: false,
        isTrusted: false,
      });
      const { body } = await browser.get(`/operator/users/${encodeURIComponent(id)}`);
      const text = body.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
      expect(text).toContain('(On my key ring) device-bound Blue key 15 Jan');
      expect(text).toContain('synced Red key, by its own account');
      expect(text).toContain('device-bound tells no model');
      expect(body).not.toContain('a2V5');
    });

    it('a person’s devices are shown with name, and whether notifications reach them', async () => {
      const id = await house.addPerson('ann@example.com');
      const device = { name: 'Pixel 9', key: { kty: 'EC' }, identifier: 'a', tokenHash: 'aGFzaA' };
      await giveMethod(id, 'push-notification', device);
      await giveMethod(id, 'push-notification', { ...device, name: 'Tablet', unreachable: 'endpoint_gone' });
      const { body } = await browser.get(`/operator/users/${encodeURIComponent(id)}`);
      const text = body.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
      expect(text).toContain('(Pixel 9) 15 Jan');
      expect(text).toContain('(Tablet) gets no notifications 15 Jan');
      expect(body).not.toContain('aGFzaA');
    });

    it('a person’s recovery codes are shown as a number, where there are several', async () => {
      const id = await house.addPerson('ann@example.com');
      await giveMethod(id, 'recovery-code', { codeHashes: ['aGFzaA', 'aGFzaQ'], handedOut: 10 });
      const { body } = await browser.get(`/operator/users/${encodeURIComponent(id)}`);
      expect(body.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')).toContain(
        'Recovery code 2 left 15 Jan',
      );
      expect(body).not.toMatch(/aGFza[AQ]/);
    });
  });
});
