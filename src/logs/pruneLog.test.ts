import { expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import { recordStatements } from '../../test/support/statements.ts';
import { pruneLog } from './pruneLog.ts';
import { readLog } from './readLog.ts';
import { recordEvent } from './tenantLog.ts';

const now = Date.UTC(2026, 0, 31);
const day = 24 * 60 * 60 * 1000;

forEachDatabase((_engine, open) => {
  it('deletes events once they are older than they are kept', async () => {
    const { db } = await open();
    const at = (age: number, type: string) => recordEvent(db, () => now - age, { type });
    await at(30 * day + 1, 'f');
    await at(30 * day, 's');
    await at(0, 'slo');
    const types = async () => (await readLog(db, {}, 10)).map(({ type }) => type);
    await pruneLog(db, () => now, 31);
    expect(await types()).toEqual(['slo', 's', 'f']);
    await pruneLog(db, () => now, 30);
    expect(await types()).toEqual(['slo', 's']);
    await pruneLog(db, () => now + 1, 30);
    expect(await types()).toEqual(['slo']);
  });

  it('deletes in small steps, and all there is to delete', async () => {
    const opened = await open();
    const { database, take } = recordStatements(opened);
    const { db } = opened;
    await opened.transaction(async (trx) => {
      for (let i = 0; i < 2_500; i += 1) await recordEvent(trx, () => i, { type: 's' });
    });
    await recordEvent(db, () => now, { type: 'slo' });
    await pruneLog(database.db, () => now, 30);
    expect(take().filter((text) => text.startsWith('delete'))).toHaveLength(3);
    expect(await readLog(db, {}, 10)).toHaveLength(1);
  });
});
