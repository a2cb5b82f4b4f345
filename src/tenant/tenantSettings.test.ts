import { expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import { defaultTenantSettings, readTenantSettings, updateTenantSettings } from './tenantSettings.ts';

forEachDatabase((_engine, open) => {
  it('changes at the same time are all kept', async () => {
    const database = await open();
    const names = Array.from({ length: 8 }, (_, i) => `factor-${i}`);
    const change = (name: string) =>
      database.transaction((trx) =>
        updateTenantSettings(trx, 0, (settings) => ({
          ...settings,
          factors: { ...settings.factors, [name]: { enabled: true } },
        })),
      );
    await Promise.all(names.map(change));
    const { factors } = await readTenantSettings(database.db);
    expect(Object.keys(factors).sort()).toEqual([...names, 'otp', 'recovery-code'].sort());
  });

  it('a change that fails leaves everything as it was', async () => {
    const database = await open();
    const failing = database.transaction((trx) =>
      updateTenantSettings(trx, 0, () => {
        throw new Error('no');
      }),
    );
    await expect(failing).rejects.toThrow('no');
    expect(await readTenantSettings(database.db)).toEqual(defaultTenantSettings);
  });
});
