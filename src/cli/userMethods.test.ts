import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandLine, type Document } from '../../test/support/commandLine.ts';
import { forEachDatabase } from '../../test/support/databases.ts';
import { systemClock } from '../config/clock.ts';
import { deviceId } from '../crypto/ids.ts';
import { loadMasterKey } from '../crypto/masterKey.ts';
import { openVault } from '../crypto/vault.ts';
import { MethodStore } from '../mfa/methods.ts';
import { runCommandLine } from './runCommandLine.ts';

forEachDatabase((engine, open) => {
  const cli = commandLine(runCommandLine, engine, open);
  const { json, failure, withDatabase } = cli;

  /** Gives a person an app, as if they had enrolled it. */
  function enrolApp(userId: string): Promise<string> {
    return withDatabase(async (database) => {
      const masterKey = await loadMasterKey({ file: join(cli.folder, 'master.key') });
      const methods = new MethodStore(await openVault(database, masterKey, systemClock));
      const now = systemClock();
      const id = `totp|${deviceId()}`;
      const state = { secretBase32: 'JBSWY3DPEHPK3PXP', lastTimeStep: null, drift: 0 };
      const method = { id, userId, factor: 'otp', state, transactionId: 'mtx_none', now };
      await methods.insert(database.db, method);
      await methods.confirm(database.db, userId, [id], now);
      return id;
    });
  }

  const idsOf = async (user: string) =>
    (await json('user', 'show', user)).authentication_methods.map(({ id }: Document) => id);

  describe('user forget-browsers', () => {
    const remember = (userId: string, id: string) =>
      withDatabase(async ({ db }) => {
        const now = systemClock();
        const times = { created_at: now, last_used_at: now, expires_at: now + 60_000 };
        const seen = { ip: '192.0.2.7', user_agent: 'Firefox/140.0 (Macintosh)' };
        const row = { id, user_id: userId, token_hash: id, ...seen, ...times };
        await db.insertInto('remembered_browsers').values(row).execute();
      });

    it('S-77 S-108 forgets one that "user show" lists, or all, and logs who did it', async () => {
      const { user_id: dan } = await json('user', 'create', '--email', 'dan@example.com');
      for (const id of ['rbr_1', 'rbr_2', 'rbr_3']) await remember(dan, id);
      const { trusted_browsers: shown } = await json('user', 'show', dan);
      expect(shown).toHaveLength(3);
      expect(shown[0]).toMatchObject({ ip: '192.0.2.7', browser: 'Firefox', system: 'macOS' });
      const forget = ['user', 'forget-browsers', 'dan@example.com'];
      expect(await json(...forget, 'rbr_1')).toEqual({ user_id: dan, forgotten: 'rbr_1' });
      expect(await failure(...forget, 'rbr_1')).toMatchObject({ error: 'not_found' });
      const left = (await json('user', 'show', dan)).trusted_browsers as Document[];
      expect(left.map(({ id }) => id).sort()).toEqual(['rbr_2', 'rbr_3']);
      expect(await json(...forget)).toEqual({ user_id: dan, forgotten: 'all' });
      expect((await json('user', 'show', dan)).trusted_browsers).toEqual([]);
      const acts = (await cli.acts()).filter(({ description }) => /browser/.test(description ?? ''));
      expect(acts.map(({ description }) => description).sort()).toEqual([
        'Forget a remembered browser',
        'Forget remembered browsers',
      ]);
    });
  });

  describe('user remove-method', () => {
    it('S-65 S-108 removes one, tells the person, and logs who did it', async () => {
      const { user_id: ann } = await json('user', 'create', '--email', 'ann@example.com');
      const [first, second] = [await enrolApp(ann), await enrolApp(ann)];
      const removed = await json('user', 'remove-method', 'ann@example.com', first);
      expect(removed).toEqual({ user_id: ann, removed: [first] });
      expect(await idsOf(ann)).toEqual([second]);
      await withDatabase(async ({ db }) => {
        const messages = await db.selectFrom('messages').selectAll().where('user_id', '=', ann).execute();
        expect(messages).toMatchObject([{ channel: 'email', template: 'mfa_removed' }]);
        const log = db.selectFrom('logs').selectAll().where('type', '=', 'gd_unenroll');
        const [event] = await log.where('user_id', '=', ann).execute();
        expect(JSON.parse(event?.details ?? '')).toMatchObject({
          authenticator: { id: first },
          actor: expect.stringMatching(/\(command line\)$/),
        });
      });
    });

    it('S-11 knows no method of anybody else, and none that was never set up', async () => {
      const words = ['user', 'create', '--email', 'bob@example.com', '--email-verified'];
      const { user_id: bob } = await json(...words);
      const { user_id: eve } = await json('user', 'create', '--email', 'eve@example.com');
      const app = await enrolApp(bob);
      expect(await failure('user', 'remove-method', eve, app)).toMatchObject({ error: 'not_found' });
      expect(await failure('user', 'remove-method', 'auth0|nobody', app)).toMatchObject({
        error: 'not_found',
      });
      expect(await failure('user', 'remove-method', bob)).toMatchObject({ error: 'usage' });
      expect(await idsOf(bob)).toEqual([app]);
    });
  });
});
