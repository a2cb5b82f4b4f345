import { describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../../test/support/databases.ts';
import type { KnownModel } from './knownModel.ts';
import { findModel, listModels, removeModels, storeModels } from './storedModels.ts';

const model = (i: number, more: Partial<KnownModel> = {}): KnownModel => ({
  aaguid: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
  description: `Key ${String(i).padStart(4, '0')}`,
  roots: ['AAAA'],
  isCompromised: false,
  ...more,
});

forEachDatabase((_engine, open) => {
  describe('models of authenticators', () => {
    it('are found as they were stored, by an AAGUID in any spelling', async () => {
      const { db, transaction } = await open();
      const keys = [model(1, { isCompromised: true, certification: 'FIDO_CERTIFIED_L1' }), model(2)];
      await transaction((trx) => storeModels(trx, keys, 5));
      expect(await findModel(db, keys[0]?.aaguid.toUpperCase() ?? '')).toEqual({ ...keys[0], storedAt: 5 });
      expect(await findModel(db, keys[1]?.aaguid.replaceAll('-', '') ?? '')).toEqual({
        ...keys[1],
        storedAt: 5,
      });
      expect(await findModel(db, model(3).aaguid)).toBeUndefined();
      expect(await findModel(db, "' or 1=1")).toBeUndefined();
    });

    it('replace all that were stored before, as many as there are', async () => {
      const { db, transaction } = await open();
      await transaction((trx) => storeModels(trx, [model(9999)], 1));
      const many = Array.from({ length: 1001 }, (_, i) => model(i));
      await transaction((trx) => storeModels(trx, many, 2));
      expect((await listModels(db)).map(({ aaguid }) => aaguid)).toEqual(many.map(({ aaguid }) => aaguid));
    });

    it('that are named twice are stored once, compromised if one of them is', async () => {
      const { db, transaction } = await open();
      const twice = [model(1), model(1, { roots: ['BBBB'], isCompromised: true })];
      const stored = await transaction((trx) => storeModels(trx, twice, 1));
      expect(stored).toEqual([{ ...model(1), roots: ['AAAA', 'BBBB'], isCompromised: true, storedAt: 1 }]);
      expect(await listModels(db)).toEqual(stored);
    });

    it('stay as they were when storing fails, and are gone when removed', async () => {
      const { db, transaction } = await open();
      await transaction((trx) => storeModels(trx, [model(1)], 1));
      const failing = transaction(async (trx) => {
        await storeModels(trx, [model(2)], 2);
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      expect(await listModels(db)).toMatchObject([{ aaguid: model(1).aaguid }]);
      expect(await transaction(removeModels)).toBe(1);
      expect(await transaction(removeModels)).toBe(0);
    });
  });
});
