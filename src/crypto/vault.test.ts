import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import { generateMasterKey, loadMasterKey, MasterKeyError } from './masterKey.ts';
import { openVault, rewrapDataKeys, WrongMasterKeyError } from './vault.ts';

forEachDatabase((_engine, open) => {
  describe('the vault', () => {
    it('opens in its place only, unaltered only', async () => {
      const vault = await openVault(await open(), generateMasterKey(), Date.now);
      const sealed = vault.encrypt('JBSWY3DPEHPK3PXP', 'authentication_methods.state:ann');
      expect(sealed).not.toContain('JBSWY3DPEHPK3PXP');
      expect(vault.decrypt(sealed, 'authentication_methods.state:ann')).toBe('JBSWY3DPEHPK3PXP');
      expect(vault.encrypt('JBSWY3DPEHPK3PXP', 'x')).not.toBe(vault.encrypt('JBSWY3DPEHPK3PXP', 'x'));
      const altered = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA');
      expect(() => vault.decrypt(altered, 'authentication_methods.state:ann')).toThrow();
    });

    it("S-103 a ciphertext moved to another user's row does not open", async () => {
      const vault = await openVault(await open(), generateMasterKey(), Date.now);
      const sealed = vault.encrypt('secret', 'authentication_methods.state:ann');
      expect(() => vault.decrypt(sealed, 'authentication_methods.state:bob')).toThrow();
    });

    it('hashes by purpose, the same on every node', async () => {
      const database = await open();
      const key = generateMasterKey();
      const [one, two] = [await openVault(database, key, Date.now), await openVault(database, key, Date.now)];
      expect(one.hash('token', 'a')).toBe(two.hash('token', 'a'));
      expect(one.hash('token', 'a')).not.toBe(one.hash('token', 'b'));
    });

    it('makes one set of data keys when two nodes start together', async () => {
      const database = await open();
      const key = generateMasterKey();
      const [one, two] = await Promise.all([
        openVault(database, key, Date.now),
        openVault(database, key, Date.now),
      ]);
      expect(two.decrypt(one.encrypt('x', 'c'), 'c')).toBe('x');
      expect(one.hash('x', 'p')).toBe(two.hash('x', 'p'));
    });

    it('S-104 a new master key opens everything, the old one nothing any more', async () => {
      const database = await open();
      const [old, fresh] = [generateMasterKey(), generateMasterKey()];
      const running = await openVault(database, old, Date.now);
      const sealed = running.encrypt('secret', 'c');
      const hashed = running.hash('token', 'p');
      expect(await rewrapDataKeys(database, old, fresh)).toBe(2);
      const restarted = await openVault(database, fresh, Date.now);
      expect(restarted.decrypt(sealed, 'c')).toBe('secret');
      expect(restarted.hash('token', 'p')).toBe(hashed);
      // A node that is still running goes on: no downtime.
      expect(restarted.decrypt(running.encrypt('later', 'c'), 'c')).toBe('later');
      await expect(openVault(database, old, Date.now)).rejects.toThrow(WrongMasterKeyError);
    });
  });
});

describe('the master key', () => {
  it('is created once, for its owner only', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'countersign-key-')), 'master.key');
    const [one, two] = await Promise.all([loadMasterKey({ file }), loadMasterKey({ file })]);
    expect(one.equals(two)).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('comes from a value or a command as well', async () => {
    const value = generateMasterKey().toString('base64');
    expect((await loadMasterKey({ value })).toString('base64')).toBe(value);
    const command = [process.execPath, '-e', `console.log(${JSON.stringify(value)})`];
    expect((await loadMasterKey({ command })).toString('base64')).toBe(value);
  });

  it('S-104 of the wrong length is refused without being repeated', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'countersign-key-')), 'master.key');
    writeFileSync(file, 'dG9vIHNob3J0');
    const failure = await loadMasterKey({ file }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(MasterKeyError);
    expect(String(failure)).toContain('expected 32 random bytes in base64, 44 characters');
    expect(String(failure)).not.toContain('dG9vIHNob3J0');
    await expect(loadMasterKey({ command: ['/does/not/exist'] })).rejects.toThrow(MasterKeyError);
  });
});
