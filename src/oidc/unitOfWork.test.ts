import { describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import { systemClock } from '../config/clock.ts';
import { generateMasterKey } from '../crypto/masterKey.ts';
import { openVault } from '../crypto/vault.ts';
import { createAdapter } from './adapter.ts';
import { RecordConflict, RecordStore } from './records.ts';
import { UnitOfWork, withUnitOfWork, write } from './unitOfWork.ts';

forEachDatabase((_engine, open) => {
  async function setUp() {
    const database = await open();
    const vault = await openVault(database, generateMasterKey(), systemClock);
    const records = new RecordStore(vault, systemClock);
    const parts = { database, vault, clock: systemClock, records };
    const exp = Math.floor(Date.now() / 1000) + 60;
    const rows = () => database.db.selectFrom('oidc_records').selectAll().execute();
    return { database, records, exp, rows, adapter: (model: string) => createAdapter(parts, model) };
  }

  describe('writes of a request', () => {
    it('become true together, at its end', async () => {
      const { database, adapter, exp, rows } = await setUp();
      const unit = new UnitOfWork();
      await withUnitOfWork(unit, async () => {
        await adapter('AccessToken').upsert('a', { exp, grantId: 'g' }, 60);
        await adapter('RefreshToken').upsert('b', { exp, grantId: 'g' }, 60);
      });
      expect(await rows()).toEqual([]);
      await unit.commit(database);
      expect(await rows()).toHaveLength(2);
    });

    it('S-109 leave nothing when one of them cannot be made', async () => {
      const { database, adapter, exp, rows } = await setUp();
      const unit = new UnitOfWork();
      await withUnitOfWork(unit, async () => {
        await adapter('AccessToken').upsert('a', { exp, grantId: 'g' }, 60);
        await adapter('AuthorizationCode').consume('gone');
      });
      await expect(unit.commit(database)).rejects.toBeInstanceOf(RecordConflict);
      expect(await rows()).toEqual([]);
    });

    it('are made at once where no request gathers them', async () => {
      const { database, rows } = await setUp();
      await write(database, async (trx) => {
        await trx
          .insertInto('sessions')
          .values({
            uid: 'u',
            user_id: 'x',
            proofs: '[]',
            ip: '',
            user_agent: '',
            created_at: 0,
            updated_at: 0,
            expires_at: 0,
          })
          .execute();
      });
      expect(await database.db.selectFrom('sessions').selectAll().execute()).toHaveLength(1);
      expect(await rows()).toEqual([]);
    });
  });

  describe('the adapter', () => {
    it('S-70 consuming throws when the code was used or is gone, and names its grant', async () => {
      const { adapter, exp } = await setUp();
      const codes = adapter('AuthorizationCode');
      await codes.upsert('code', { exp, grantId: 'g' }, 60);
      await codes.consume('code');
      await expect(codes.consume('code')).rejects.toMatchObject({ name: 'RecordConflict', grantId: 'g' });
      await expect(codes.consume('other')).rejects.toBeInstanceOf(RecordConflict);
      expect(await codes.find('code')).toMatchObject({ jti: 'code', consumed: expect.any(Number) });
    });

    it('S-37 destroying an interaction twice throws', async () => {
      const { adapter, exp } = await setUp();
      const interactions = adapter('Interaction');
      await interactions.upsert('uid', { exp }, 60);
      await interactions.destroy('uid');
      await expect(interactions.destroy('uid')).rejects.toBeInstanceOf(RecordConflict);
      await expect(adapter('Session').destroy('none')).resolves.toBeUndefined();
    });

    it('keeps no id, no cookie of the session and no nonce of a refresh token', async () => {
      const { adapter, exp, rows } = await setUp();
      await adapter('RefreshToken').upsert('secret-id', { exp, jti: 'secret-id', nonce: 'n' }, 60);
      const session = { accountId: 'x', uid: 'u', cookie: 'secret-cookie' };
      await adapter('Interaction').upsert('uid', { exp, session }, 60);
      const stored = JSON.stringify(await rows());
      for (const absent of ['secret-id', 'secret-cookie', 'nonce']) expect(stored).not.toContain(absent);
      expect(await adapter('RefreshToken').find('secret-id')).toEqual({ exp, jti: 'secret-id' });
    });

    it('tells records of different models with one id apart', async () => {
      const { adapter, exp } = await setUp();
      await adapter('AccessToken').upsert('same', { exp }, 60);
      expect(await adapter('RefreshToken').find('same')).toBeUndefined();
    });
  });
});
