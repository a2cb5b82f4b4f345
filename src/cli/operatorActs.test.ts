import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { commandLine } from '../../test/support/commandLine.ts';
import { forEachDatabase } from '../../test/support/databases.ts';
import { runCommandLine } from './runCommandLine.ts';

forEachDatabase((engine, open) => {
  const cli = commandLine(runCommandLine, engine, open);
  const { json, failure, withDatabase, acts } = cli;

  it('S-108 does nothing that it can not log', async () => {
    const { user_id: id } = await json('user', 'create', '--email', 'ann@example.com');
    const before = await everything();
    const logged = await acts();
    const masterKey = readFileSync(join(cli.folder, 'master.key'), 'utf8');

    await rename('logs', 'logs_away');
    for (const words of [
      ['user', 'create', '--email', 'bob@example.com'],
      ['user', 'set-password', id, '--password', 'quite a long sentence'],
      ['keys', 'rotate'],
      ['keys', 'rotate', '--master'],
    ]) {
      await failure(...words);
      expect(await everything(), words.join(' ')).toEqual(before);
    }
    await rename('logs_away', 'logs');
    expect(readFileSync(join(cli.folder, 'master.key'), 'utf8')).toBe(masterKey);
    expect(await acts()).toEqual(logged);
    expect(await json('user', 'list')).toHaveLength(1);
  });

  function rename(from: string, to: string) {
    return withDatabase(async ({ db }) => {
      await sql`alter table ${sql.table(from)} rename to ${sql.table(to)}`.execute(db);
    });
  }

  function everything() {
    return withDatabase(async ({ db }) => ({
      users: await db.selectFrom('users').selectAll().execute(),
      signingKeys: await db.selectFrom('signing_keys').selectAll().orderBy('kid').execute(),
      dataKeys: await db.selectFrom('data_keys').selectAll().orderBy('id').execute(),
      messages: await db.selectFrom('messages').selectAll().execute(),
    }));
  }
});
