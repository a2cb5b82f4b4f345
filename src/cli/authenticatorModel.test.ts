import { createHash, randomBytes } from 'node:crypto';
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { commandLine } from '../../test/support/commandLine.ts';
import { forEachDatabase } from '../../test/support/databases.ts';
import { type Issued, issueCertificate, metadataEntry, signMetadata } from '../../test/support/metadata.ts';
import { runCommandLine } from './runCommandLine.ts';

const first = '11111111-aaaa-4aaa-8aaa-111111111111';
const second = '22222222-bbbb-4bbb-8bbb-222222222222';

forEachDatabase((engine, open) => {
  const cli = commandLine(runCommandLine, engine, open);
  const { json, failure, acts, run } = cli;
  const group = 'authenticator-model';
  const file = (name: string, content: string): string => {
    const path = join(cli.folder, name);
    writeFileSync(path, content);
    return path;
  };

  let root: Issued;
  let signer: Issued;
  let pem: string;
  let blob: string;
  beforeAll(async () => {
    root = await issueCertificate('Metadata root');
    signer = await issueCertificate('Metadata signer', { by: root, isAuthority: false });
    pem = file('root.pem', root.pem);
    const entries = [
      metadataEntry(first, 'Acme key', { roots: [root] }),
      metadataEntry(second, 'Broken key', { statuses: ['FIDO_CERTIFIED', 'REVOKED'] }),
      { aaid: '0001#0001' },
    ];
    blob = file('blob.jwt', await signMetadata(entries, [signer], { nextUpdate: '2020-01-01' }));
  });

  describe('authenticator-model', () => {
    it('S-108 import stores what a signed file tells, and logs who did', async () => {
      expect(await json(group, 'list')).toEqual([]);
      expect(await json(group, 'import', blob, '--root', pem)).toEqual({
        models: 2,
        compromised: 1,
        files: [
          {
            file: blob,
            signed: true,
            models: 2,
            skipped_without_aaguid: 1,
            skipped_unreadable: 0,
            unreadable_roots: 0,
            issue: 7,
            next_update: '2020-01-01',
          },
        ],
      });
      expect(await json(group, 'list')).toMatchObject([
        { aaguid: first, description: 'Acme key', status: 'ok', certification: 'FIDO_CERTIFIED_L1' },
        { aaguid: second, description: 'Broken key', status: 'compromised', certification: 'FIDO_CERTIFIED' },
      ]);
      const [act] = await acts();
      expect(act).toMatchObject({
        description: 'Import authenticator models',
        details: { models: 2, compromised: 1, issues: [{ signed: true, issue: 7 }] },
      });
      expect(act.details.actor).toContain('(command line)');
    });

    it('import tells people when a newer issue is due', async () => {
      const { exitCode, stdout, stderr } = await run([group, 'import', blob, '--root', pem]);
      expect(exitCode).toBe(0);
      expect(stdout).toContain('Models known: 2, compromised: 1.');
      expect(stderr).toContain('announced for 2020-01-01');
    });

    it('show prints a model with its certificates', async () => {
      const shown = await json(group, 'show', first.toUpperCase());
      expect(shown).toMatchObject({ aaguid: first, roots: [{ subject: 'CN=Metadata root' }] });
      const digest = createHash('sha256').update(Buffer.from(root.der, 'base64')).digest('hex');
      expect(shown.roots[0].sha256.replaceAll(':', '').toLowerCase()).toBe(digest);
      expect(await failure(group, 'show', 'Acme')).toMatchObject({ error: 'not_found' });
    });

    it('import of several files keeps those of all and forgets what was before', async () => {
      const own = (aaguid: string, description: string) => JSON.stringify({ aaguid, description });
      const third = '33333333-cccc-4ccc-8ccc-333333333333';
      await json(
        group,
        'import',
        file('one.json', own(third, 'Ours')),
        file('two.json', own(first, 'Theirs')),
      );
      const listed = await json(group, 'list');
      expect(listed.map((model: { description: string }) => model.description)).toEqual(['Ours', 'Theirs']);
      const { exitCode } = await run([group, 'import', '-'], own(second, 'By hand'));
      expect(exitCode).toBe(0);
      expect(await json(group, 'list')).toMatchObject([{ aaguid: second, description: 'By hand' }]);
    });

    it('S-58 import refuses a file that nobody trusted signed, and changes nothing', async () => {
      const before = [await json(group, 'list'), (await acts()).length];
      const refused = await failure(group, 'import', blob);
      expect(refused).toMatchObject({ error: 'invalid_metadata' });
      expect(refused.message).toContain('FIDO Metadata Service');
      const other = file('other.pem', (await issueCertificate('Metadata root')).pem);
      const good = file('good.json', JSON.stringify({ aaguid: first }));
      expect(await failure(group, 'import', good, blob, '--root', other)).toMatchObject({
        error: 'invalid_metadata',
      });
      expect([await json(group, 'list'), (await acts()).length]).toEqual(before);
    });

    it.each([
      ['text', 'Hello'],
      ['binary', randomBytes(1000).toString('latin1')],
      ['JSON without models', '{"a":1}'],
      ['nothing', ''],
    ])('import refuses a file of %s and names it', async (_kind, content) => {
      const path = file('none', content);
      const refused = await failure(group, 'import', path);
      expect(refused.error).toBe('invalid_metadata');
      expect(refused.message).toContain(`${path} was not imported: `);
    });

    it('import refuses a file over 64 MB before it is in memory', async () => {
      const path = file('huge', '');
      truncateSync(path, 64 * 1024 * 1024 + 1);
      expect((await failure(group, 'import', path)).message).toContain('more than 64 MB');
    });

    it('import names what is wrong with --root, or with a file that isn’t there', async () => {
      const own = file('own.json', JSON.stringify({ aaguid: first }));
      expect(await failure(group, 'import', blob, '--root', own)).toMatchObject({ error: 'invalid_input' });
      expect(await failure(group, 'import', own, '--root', pem)).toMatchObject({ error: 'usage' });
      expect(await failure(group, 'import', '/nowhere/blob')).toEqual({
        error: 'enoent',
        message: 'No such file or folder: /nowhere/blob.',
      });
    });

    it('S-108 remove forgets all of them, on demand only, and logs it', async () => {
      expect(await failure(group, 'remove')).toMatchObject({ error: 'usage' });
      expect(await json(group, 'remove', '--all')).toEqual({ removed: 1 });
      expect((await acts())[0]).toMatchObject({
        description: 'Remove the authenticator models',
        details: { models: 1 },
      });
      expect(await failure(group, 'remove', '--all')).toMatchObject({ error: 'not_found' });
    });
  });
});
