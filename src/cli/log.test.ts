import { beforeAll, describe, expect, it } from 'vitest';
import { commandLine, type Document } from '../../test/support/commandLine.ts';
import { forEachDatabase } from '../../test/support/databases.ts';
import { recordEvent } from '../logs/tenantLog.ts';
import { runCommandLine } from './runCommandLine.ts';

forEachDatabase((engine, open) => {
  describe('log list', () => {
    const { run, json, failure, withDatabase } = commandLine(runCommandLine, engine, open);
    let ann: string;
    const types = async (...words: string[]) =>
      (await json('log', 'list', ...words)).map((event: Document) => event.type);

    beforeAll(async () => {
      ({ user_id: ann } = await json('user', 'create', '--email', 'ann@example.com'));
      await withDatabase(async ({ db }) => {
        const at = (time: number) => () => time;
        await recordEvent(db, at(Date.now() + 1_000), {
          type: 'fp',
          userId: ann,
          userName: 'ann@example.com',
          clientId: 'shop',
          clientName: 'Shop',
          connection: 'Username-Password-Authentication',
          ip: '203.0.113.9',
          userAgent: 'Browser',
          audience: 'https://api.example/',
          scope: 'openid',
          details: { reason: 'x' },
        });
        await recordEvent(db, at(Date.UTC(2100, 0, 1)), { type: 'fu', userName: 'eve@example.com' });
      });
    });

    it('gives the newest first, under Auth0’s names', async () => {
      const [newest, second, oldest, ...rest] = await json('log', 'list');
      expect(newest).toEqual({
        log_id: expect.stringMatching(/^log_[0-9a-f]{32}$/),
        date: '2100-01-01T00:00:00.000Z',
        type: 'fu',
        description: 'Unknown user',
        user_name: 'eve@example.com',
        details: {},
      });
      expect(second).toEqual({
        log_id: expect.any(String),
        date: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        type: 'fp',
        description: 'Wrong password',
        user_id: ann,
        user_name: 'ann@example.com',
        client_id: 'shop',
        client_name: 'Shop',
        connection: 'Username-Password-Authentication',
        ip: '203.0.113.9',
        user_agent: 'Browser',
        audience: 'https://api.example/',
        scope: 'openid',
        details: { reason: 'x' },
      });
      expect(oldest).toMatchObject({ type: 'sapi', description: 'Create a user', user_id: ann });
      expect(rest).toEqual([]);
    });

    it('narrows by person, kind and number, and goes on where it stopped', async () => {
      expect(await types('--user', ann)).toEqual(['fp', 'sapi']);
      expect(await types('--user', 'ANN@example.com')).toEqual(['fp', 'sapi']);
      expect(await types('--user', 'Eve@example.com')).toEqual(['fu']);
      expect(await types('--user', 'auth0|nobody')).toEqual([]);
      expect(await types('--type', 'fp')).toEqual(['fp']);
      const [newest] = await json('log', 'list', '--take', '1');
      expect(newest.type).toBe('fu');
      expect(await types('--from', newest.log_id)).toEqual(['fp', 'sapi']);
    });

    it('shows people a table, and how to go on', async () => {
      const { stdout, stderr } = await run(['log', 'list', '--take', '2']);
      expect(stdout.split('\n')[0]).toMatch(/^date +type +description +user +client +ip$/);
      expect(stdout).toMatch(/fp +Wrong password +ann@example\.com +Shop +203\.0\.113\.9$/);
      const from = /^There are older ones: --from (\S+)$/.exec(stderr)?.[1] ?? '';
      expect(await types('--from', from)).toEqual(['sapi']);
    });

    it('refuses what it can not look for', async () => {
      for (const words of [
        ['--type', 'xyz'],
        ['--take', '0'],
        ['--take', '1001'],
        ['--from', 'yesterday'],
      ]) {
        expect(await failure('log', 'list', ...words)).toMatchObject({ error: 'invalid_input' });
      }
    });
  });
});
