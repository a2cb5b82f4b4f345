import { describe, expect, it } from 'vitest';
import { commandLine } from '../../test/support/commandLine.ts';
import { forEachDatabase } from '../../test/support/databases.ts';
import { runCommandLine } from './runCommandLine.ts';

forEachDatabase((engine, open) => {
  const { json, failure, acts } = commandLine(runCommandLine, engine, open);
  const ann = 'ann@example.com';
  const pass = ['user', 'temporary-pass', ann, '--reason', 'Lost phone'];

  describe('user temporary-pass', () => {
    it('needs the factor to be on', async () => {
      await json('user', 'create', '--email', ann);
      expect(await failure(...pass)).toMatchObject({ error: 'factor_disabled' });
      await json('factor', 'enable', 'temporary-pass');
    });

    it('S-108 prints the pass once, names who handed it out, and is taken back like any method', async () => {
      const issued = await json(...pass, '--minutes', '30', '--reusable');
      expect(issued).toEqual({
        user_id: expect.any(String),
        pass: expect.stringMatching(/^[A-Z1-9]{4}-[A-Z1-9]{4}-[A-Z1-9]{4}$/),
        method_id: expect.stringMatching(/^temporary-pass\|dev_/),
        expires_at: expect.stringMatching(/Z$/),
      });
      const [act] = await acts();
      expect(act).toMatchObject({ description: 'Hand out a temporary pass' });
      expect(JSON.stringify(act)).not.toContain(issued.pass);
      const shown = await json('user', 'show', ann);
      expect(shown.authentication_methods).toMatchObject([
        { id: issued.method_id, type: 'temporary-pass', expires_at: issued.expires_at },
      ]);
      await json('user', 'remove-method', ann, issued.method_id);
      expect((await json('user', 'show', ann)).authentication_methods).toEqual([]);
    });

    it('says what is wrong', async () => {
      expect(await failure(...pass, '--minutes', '1441')).toMatchObject({ error: 'invalid_input' });
      expect(await failure('user', 'temporary-pass', ann, '--reason', 'x')).toMatchObject({
        error: 'invalid_input',
      });
      expect(await failure(...pass, '--minutes', '0')).toMatchObject({ error: 'usage' });
      expect(await failure('user', 'temporary-pass', ann)).toMatchObject({ error: 'usage' });
      await json('user', 'block', ann);
      expect(await failure(...pass)).toMatchObject({ error: 'blocked' });
      expect(await failure('user', 'temporary-pass', 'auth0|nobody', '--reason', 'xyz')).toMatchObject({
        error: 'not_found',
      });
    });
  });
});
