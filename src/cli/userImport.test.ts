import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandLine, type Document } from '../../test/support/commandLine.ts';
import { forEachDatabase } from '../../test/support/databases.ts';
import { beginToken, codeOf, context, createTestEngine, type TestEngine } from '../../test/support/engine.ts';
import { loadMasterKey } from '../crypto/masterKey.ts';
import { hashPassword, verifyPassword } from '../crypto/passwordHash.ts';
import { runCommandLine } from './runCommandLine.ts';

const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

forEachDatabase((engine, open) => {
  const cli = commandLine(runCommandLine, engine, open);
  const { json, failure, run, withDatabase, acts } = cli;
  let files = 0;

  const fileOf = (content: unknown): string => {
    files += 1;
    const file = join(cli.folder, `users-${files}.json`);
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  };
  /** Also where users failed, which the exit code tells. */
  const take = async (content: unknown, ...flags: string[]): Promise<Document> => {
    const { stdout } = await run(['user', 'import', fileOf(content), ...flags, '--json']);
    return JSON.parse(stdout);
  };
  const show = (email: string) => json('user', 'show', email);

  /** The engine over what the commands work on. */
  const withEngine = (work: (house: TestEngine) => Promise<void>) =>
    withDatabase(async (database) => {
      const key = await loadMasterKey({ file: join(cli.folder, 'master.key') });
      await work(await createTestEngine(Object.assign(database, { target: { file: '' } }), undefined, key));
    });

  describe('user import', () => {
    it('takes people over with profile, password and second factors', async () => {
      const password_hash = await hashPassword('seven green apples');
      const result = await take([
        {
          ...{ email: 'ann@example.com', email_verified: true, user_id: 'moved1', name: 'Ann Lee' },
          ...{ user_metadata: { colour: 'green' }, app_metadata: { plan: 'pro' }, password_hash },
          mfa_factors: [
            { totp: { secret } },
            { phone: { value: '+12025550123' } },
            { email: { value: 'Ann@Work.example' } },
          ],
        },
        { email: 'bob@example.com', blocked: true },
      ]);
      expect(result).toEqual({
        dry_run: false,
        summary: { total: 2, inserted: 2, updated: 0, failed: 0 },
        errors: [],
        notices: [],
      });
      const ann = await show('ann@example.com');
      expect(ann).toMatchObject({
        user_id: 'auth0|moved1',
        email_verified: true,
        name: 'Ann Lee',
        user_metadata: { colour: 'green' },
        app_metadata: { plan: 'pro' },
      });
      const types = ann.authentication_methods.map(({ type }: Document) => type);
      expect(types.sort()).toEqual(['email', 'phone', 'totp']);
      expect(ann.authentication_methods.every(({ confirmed }: Document) => confirmed)).toBe(true);
      expect(await show('bob@example.com')).toMatchObject({ blocked: true, email_verified: false });
      const { password_hash: stored } = await withDatabase(({ db }) =>
        db.selectFrom('users').selectAll().where('id', '=', 'auth0|moved1').executeTakeFirstOrThrow(),
      );
      expect(await verifyPassword(stored, 'seven green apples')).toBe(true);
    });

    it('S-39 whose codes are asked for at once, and nothing else is set up on the password alone', async () => {
      await withEngine(async (house) => {
        await house.setTenant({ policy: 'always', factors: { otp: { enabled: true } } });
        const { transactionId, begun } = await beginToken(house, 'auth0|moved1');
        expect(begun.transaction.requirement).toEqual({ kind: 'challenge', factors: ['otp'] });
        expect(await house.engine.beginEnrolment(transactionId, { factor: 'otp' }, context)).toMatchObject({
          code: 'already_enrolled',
        });
        const proof = await codeOf(secret, house.clock.now);
        expect(await house.engine.submit(transactionId, { factor: 'otp', proof }, context)).toMatchObject({
          outcome: 'satisfied',
        });
      });
    });

    it('S-108 logs each with who did it, and no secret', async () => {
      const [act] = (await acts()).filter(({ description }) => description === 'Import a user').reverse();
      expect(act).toMatchObject({ user_id: 'auth0|moved1', details: { factors: ['otp', 'phone', 'email'] } });
      expect(JSON.stringify(await acts())).not.toContain(secret);
    });

    it('reads a user a line, names line and field of what is wrong, and takes the others', async () => {
      const lines = [
        { email: 'carl@example.com' },
        { email: 'dora@example.com', mfa_factors: [{ totp: { secret: 'lower' } }] },
        { email: 'not an address', shoe_size: 43 },
        '{"email": ',
        { email: 'CARL@example.com' },
      ].map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
      const file = fileOf(lines.join('\n'));
      const { exitCode, stdout, stderr } = await run(['user', 'import', file]);
      expect(exitCode).toBe(1);
      expect(stdout.trim()).toBe('5 users: 1 inserted, 0 updated, 4 failed.');
      expect(stderr).toContain('line 2: dora@example.com: mfa_factors[0].totp: expected {"secret": "…"}');
      expect(stderr).toContain('line 3: email: expected an e-mail address');
      expect(stderr).toContain('line 3: shoe_size: unknown');
      expect(stderr).toContain('line 4: expected an object');
      expect(stderr).toContain('line 5: carl@example.com: email: line 1 has it as well');
      expect(await show('carl@example.com')).toBeDefined();
      expect(await failure('user', 'show', 'dora@example.com')).toMatchObject({ error: 'not_found' });
    });

    it.each([
      ['no list', { totp: { secret } }, ''],
      ['none', [], ''],
      ['eleven', Array(11).fill({ totp: { secret } }), ''],
      ['two in one', [{ totp: { secret }, email: { value: 'a@example.com' } }], '[0]'],
      ['another kind', [{ push: {} }], '[0]'],
      ['a kind that isn’t imported', [{ 'recovery-code': {} }], '[0]'],
      ['an empty one', [{}], '[0]'],
      ['nothing', [null], '[0]'],
      ['a padded secret', [{ totp: { secret: 'JBSWY3DPEHPK3PXPJBSWY3DP====' } }], '[0].totp'],
      ['a short secret', [{ totp: { secret: 'JBSWY3DP' } }], '[0].totp'],
      ['more than a secret', [{ totp: { secret, digits: 8 } }], '[0].totp'],
      ['a number without +', [{ phone: { value: '12025550123' } }], '[0].phone'],
      ['a number that is none', [{ phone: { value: '+1' } }], '[0].phone'],
      ['a premium number', [{ phone: { value: '+19005550123' } }], '[0].phone'],
      ['no address', [{ totp: { secret } }, { email: { value: 'ann' } }], '[1].email'],
    ])('S-89 refuses mfa_factors: %s', async (_what, mfa_factors, path) => {
      const { summary, errors } = await take([{ email: 'odd@example.com', mfa_factors }]);
      expect(summary).toMatchObject({ inserted: 0, failed: 1 });
      expect(errors).toMatchObject([{ line: 1, email: 'odd@example.com', path: `mfa_factors${path}` }]);
    });

    it('does nothing in a dry run, and says the same', async () => {
      const content = [
        { email: 'eve@example.com', mfa_factors: [{ totp: { secret } }], username: 'eve' },
        { email: 'ann@example.com' },
      ];
      const trial = await take(content, '--dry-run');
      expect(trial).toMatchObject({
        dry_run: true,
        summary: { total: 2, inserted: 1, failed: 1 },
        errors: [{ line: 1, path: 'email', message: 'there is an account with it already' }],
        notices: [{ email: 'eve@example.com', message: 'Not carried over: username.' }],
      });
      expect(await failure('user', 'show', 'eve@example.com')).toMatchObject({ error: 'not_found' });
      expect(await take(content)).toEqual({ ...trial, dry_run: false });
      expect(await show('eve@example.com')).toBeDefined();
    });

    it('S-39 updates who is there only when told to, and never password, address, block or second factors', async () => {
      const before = await show('ann@example.com');
      const change = {
        ...{ email: 'ann@example.com', user_id: 'moved1', nickname: 'annie', blocked: true },
        ...{ user_metadata: { size: 'm' }, password_hash: await hashPassword('another password') },
        mfa_factors: [{ totp: { secret: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' } }],
      };
      expect((await take([change])).summary).toMatchObject({ failed: 1 });
      const result = await take([change], '--upsert');
      expect(result.summary).toMatchObject({ inserted: 0, updated: 1, failed: 0 });
      expect(result.notices).toMatchObject([{ message: expect.stringContaining('has one here') }]);
      const after = await show('ann@example.com');
      expect(after).toMatchObject({
        ...{ name: 'Ann Lee', nickname: 'annie', blocked: false },
        user_metadata: { colour: 'green', size: 'm' },
      });
      expect(after.authentication_methods).toEqual(before.authentication_methods);
      const { password_hash } = await withDatabase(({ db }) =>
        db.selectFrom('users').selectAll().where('id', '=', 'auth0|moved1').executeTakeFirstOrThrow(),
      );
      expect(await verifyPassword(password_hash, 'seven green apples')).toBe(true);
    });

    it('S-11 takes no id and no address that is another’s', async () => {
      const faultOf = async (user: unknown) => (await take([user], '--upsert')).errors[0]?.path;
      expect(await faultOf({ email: 'carl@example.com', user_id: 'moved1' })).toBe('user_id');
      expect(await faultOf({ email: 'new@example.com', user_id: 'moved1' })).toBe('user_id');
      expect(await faultOf({ email: 'ann@example.com', user_id: 'other' })).toBe('email');
    });

    it('reads standard input, and says when a file can’t be read', async () => {
      const { stdout } = await run(['user', 'import', '-', '--json'], '[{"email":"fay@example.com"}]');
      expect(JSON.parse(stdout).summary).toMatchObject({ inserted: 1 });
      expect(await failure('user', 'import', join(cli.folder, 'nowhere.json'))).toMatchObject({
        error: 'invalid_input',
        message: expect.stringContaining('ENOENT'),
      });
      expect(await failure('user', 'import', fileOf('[{"email":"x@example.com"}'))).toMatchObject({
        error: 'invalid_input',
      });
    });
  });
});
