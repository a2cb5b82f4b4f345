import { createPrivateKey, generateKeyPairSync, type JsonWebKey, type KeyObject } from 'node:crypto';
import type { Clock } from '../../config/clock.ts';
import type { Vault } from '../../crypto/vault.ts';
import type { Db } from '../../database/database.ts';
import { statement } from '../../database/statement.ts';

/** The key pair by which the push services of browsers know this server (RFC 8292). */
export interface VapidKeys {
  /** P-256 point, uncompressed, base64url: what a browser subscribes with. Subscriptions are bound to it. */
  publicKey: string;
  privateKey: KeyObject;
}

const id = 'vapid';
const context = `vapid_keys.private_key_encrypted:${id}`;

const stored = statement((db) =>
  db.selectFrom('vapid_keys').select(['public_key', 'private_key_encrypted']).where('id', '=', id),
);

/**
 * The key pair, made when it is first asked for. Nodes that ask at the same time end with the same one. It is
 * never replaced: every subscription would be lost.
 *
 * @throws when the private key was altered or sealed for another place (S-103).
 */
export async function vapidKeys(db: Db, vault: Vault, clock: Clock): Promise<VapidKeys> {
  const row = (await stored.first(db, {})) ?? (await makeKeys(db, vault, clock));
  const jwk = JSON.parse(vault.decrypt(row.private_key_encrypted, context)) as JsonWebKey;
  return { publicKey: row.public_key, privateKey: createPrivateKey({ key: jwk, format: 'jwk' }) };
}

async function makeKeys(db: Db, vault: Vault, clock: Clock) {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = privateKey.export({ format: 'jwk' });
  await db
    .insertInto('vapid_keys')
    .values({
      id,
      public_key: pointOf(jwk),
      private_key_encrypted: vault.encrypt(JSON.stringify(jwk), context),
      created_at: clock(),
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  // Another node may have been faster.
  const row = await stored.first(db, {});
  if (!row) throw new Error('the key pair for web push is not in the database');
  return row;
}

function pointOf({ x = '', y = '' }: JsonWebKey): string {
  const point = [Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')];
  return Buffer.concat(point).toString('base64url');
}
