import { createPublicKey, sign, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../../test/support/databases.ts';
import { generateMasterKey } from '../../crypto/masterKey.ts';
import { openVault } from '../../crypto/vault.ts';
import { openDatabase } from '../../database/database.ts';
import { vapidKeys } from './vapidKeys.ts';
import { vapidSubject } from './vapidSubject.ts';

const clock = () => Date.UTC(2026, 0, 15, 12);
const masterKey = generateMasterKey();

forEachDatabase((_engine, open) => {
  describe('the keys for web push', () => {
    it('are made once, and are the same after a restart', async () => {
      const database = await open();
      const made = await vapidKeys(database.db, await openVault(database, masterKey, clock), clock);
      const again = await vapidKeys(database.db, await openVault(database, masterKey, clock), clock);
      expect(again.publicKey).toBe(made.publicKey);
      expect(Buffer.from(made.publicKey, 'base64url')).toHaveLength(65);
      const text = Buffer.from('text');
      expect(
        verify('sha256', text, createPublicKey(again.privateKey), sign('sha256', text, made.privateKey)),
      ).toBe(true);
      const { x = '' } = createPublicKey(made.privateKey).export({ format: 'jwk' });
      expect(Buffer.from(made.publicKey, 'base64url').subarray(1, 33)).toEqual(Buffer.from(x, 'base64url'));
    });

    it('are the same for nodes that ask at the same time', async () => {
      const database = await open();
      const other = await openDatabase(database.target);
      try {
        const vault = await openVault(database, masterKey, clock);
        const asked = Array.from({ length: 20 }, (_, i) =>
          vapidKeys(i % 2 === 0 ? database.db : other.db, vault, clock),
        );
        const found = await Promise.all(asked);
        expect(new Set(found.map(({ publicKey }) => publicKey)).size).toBe(1);
        expect(await database.db.selectFrom('vapid_keys').selectAll().execute()).toHaveLength(1);
      } finally {
        await other.close();
      }
    });

    it('S-103 S-105 are sealed, and open at their place only', async () => {
      const database = await open();
      const vault = await openVault(database, masterKey, clock);
      const { privateKey } = await vapidKeys(database.db, vault, clock);
      const [row] = await database.db.selectFrom('vapid_keys').selectAll().execute();
      const { d = '' } = privateKey.export({ format: 'jwk' });
      expect(JSON.stringify(row)).not.toContain(d);
      await database.db
        .updateTable('vapid_keys')
        .set({ private_key_encrypted: vault.encrypt(JSON.stringify({ d }), 'messages.content_encrypted:m') })
        .execute();
      await expect(vapidKeys(database.db, vault, clock)).rejects.toThrow();
    });
  });
});

describe('whom push services may write to', () => {
  it.each([
    [{ supportEmail: 'help@acme.example' }, 'https://login.acme.example/', 'mailto:help@acme.example'],
    [{}, 'https://login.acme.example:8443/', 'https://login.acme.example:8443'],
    [{}, 'http://localhost:3000/', 'https://localhost:3000'],
    [
      { supportEmail: 'a@b.example, c@d.example' },
      'https://login.acme.example/',
      'https://login.acme.example',
    ],
  ])('%j at %s is %s', (settings, publicUrl, subject) => {
    expect(vapidSubject(settings, publicUrl)).toBe(subject);
  });
});
