import { describe, expect, it } from 'vitest';
import { commandLine, type Document } from '../../test/support/commandLine.ts';
import { forEachDatabase } from '../../test/support/databases.ts';
import { runCommandLine } from './runCommandLine.ts';

forEachDatabase((engine, open) => {
  const { json, failure, acts } = commandLine(runCommandLine, engine, open);

  describe('init', () => {
    it('S-107 makes no operator unless told, and invites one by a one-time link', async () => {
      expect(await json('init')).not.toHaveProperty('operator');
      const invite = ['init', '--operator', 'op@example.com', '--public-url', 'https://login.example.com'];
      const { operator } = await json(...invite);
      expect(operator).toMatchObject({
        email: 'op@example.com',
        invitation_url: expect.stringMatching(
          /^https:\/\/login\.example\.com\/operator\/welcome\?ticket=[\w-]{43}$/,
        ),
      });
      const again = await json(...invite);
      expect(again.operator.user_id).toBe(operator.user_id);
      expect(again.operator.invitation_url).not.toBe(operator.invitation_url);
      await json('user', 'set-password', 'op@example.com', '--password', 'operators have long ones');
      expect(await failure(...invite)).toMatchObject({ error: 'operator_exists' });
      expect(await failure('init', '--operator', 'nobody')).toMatchObject({ error: 'invalid_input' });
    });
  });

  describe('operator', () => {
    it('S-107 invites, lists and removes operators, and nobody else', async () => {
      const invite = ['operator', 'invite', 'olga@example.com', '--public-url', 'https://login.example.com'];
      const invited = await json(...invite);
      expect(invited.invitation_url).toMatch(
        /^https:\/\/login\.example\.com\/operator\/welcome\?ticket=[\w-]{43}$/,
      );
      expect(await json('operator', 'list')).toContainEqual(
        expect.objectContaining({ user_id: invited.user_id, email: 'olga@example.com', state: 'invited' }),
      );
      await json('user', 'set-password', 'olga@example.com', '--password', 'operators have long ones');
      expect(await failure(...invite)).toMatchObject({ error: 'operator_exists' });
      await json('user', 'block', 'olga@example.com');
      expect(await json('operator', 'list')).toContainEqual(
        expect.objectContaining({ email: 'olga@example.com', state: 'blocked' }),
      );
      expect(await json('operator', 'remove', 'Olga@example.com')).toEqual({
        user_id: invited.user_id,
        removed: true,
      });
      expect(await failure('operator', 'remove', 'olga@example.com')).toMatchObject({ error: 'not_found' });
      expect((await json('operator', 'list')).map(({ email }: Document) => email)).not.toContain(
        'olga@example.com',
      );
      expect((await acts()).map(({ description }) => description)).toContain('Remove an operator');
    });
  });
});
