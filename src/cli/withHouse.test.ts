import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase, type TestDatabase } from '../../test/support/databases.ts';
import { runCommandLine } from './runCommandLine.ts';

forEachDatabase((engine, open) => {
  describe('a place where nothing was prepared', () => {
    let folder: string;
    let data: string;
    let database: TestDatabase;
    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), 'countersign-new-'));
      data = join(folder, 'data');
      database = await open({ migrated: false });
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    const run = async (...words: string[]) => {
      const err: string[] = [];
      const out: string[] = [];
      const exitCode = await runCommandLine([...words, '--data', data, '--json'], {
        out: (text) => void out.push(text),
        err: (text) => void err.push(text),
        input: Readable.from([]),
        environment: 'url' in database.target ? { COUNTERSIGN_DATABASE_URL: database.target.url } : {},
      });
      const [text = ''] = exitCode === 0 ? out : err;
      return { exitCode, document: JSON.parse(text) };
    };

    it('is refused by commands that read and by those that write, and left as it was', async () => {
      for (const words of [
        ['client', 'list'],
        ['user', 'show', 'ann@example.com'],
        ['client', 'create', '--name', 'Shop'],
        ['policy', 'set', 'always'],
        ['keys', 'rotate'],
      ]) {
        const { exitCode, document } = await run(...words);
        expect(exitCode, words.join(' ')).toBe(1);
        expect(document.error).toBe('no_installation');
        expect(document.message).toContain('countersign init');
        expect(document.message).not.toMatch(/postgres:|:\w+@/);
      }
      expect(existsSync(data)).toBe(false);
    });

    it('is prepared by init, keys to their owner only', async () => {
      expect((await run('init')).exitCode).toBe(0);
      expect(statSync(join(data, 'master.key')).mode & 0o777).toBe(0o600);
      expect(await run('client', 'list')).toEqual({ exitCode: 0, document: [] });
    });

    it.runIf(engine === 'sqlite')('is not taken for one that can not be looked at', async () => {
      writeFileSync(data, 'a file');
      expect((await run('client', 'list')).document.error).toBe('enotdir');
    });
  });
});
