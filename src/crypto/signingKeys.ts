import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import type { Clock } from '../config/clock.ts';
import type { Database, Db } from '../database/database.ts';
import type { Vault } from './vault.ts';

/** RSA serves RS256 and PS256 alike, so it has no `alg` of its own. */
const algorithms = ['RS256', 'ES256', 'EdDSA'] as const;
type Algorithm = (typeof algorithms)[number];

/** A retired key stays published this long: as long as the longest-lived token it may have signed (30 days). */
const publishedAfterRotation = 30 * 24 * 60 * 60 * 1000;

/** Makes a key pair for each algorithm that has none. */
export async function ensureSigningKeys(database: Database, vault: Vault, clock: Clock): Promise<void> {
  const present = await database.db
    .selectFrom('signing_keys')
    .select('algorithm')
    .where('rotated_at', 'is', null)
    .execute();
  const missing = algorithms.filter((algorithm) => !present.some((key) => key.algorithm === algorithm));
  if (missing.length > 0) await replaceKeys(database, vault, clock, missing, 'keep');
}

/**
 * Replaces every signing key. The old ones sign nothing more but stay in the key set until no token
 * that they signed can still be valid.
 *
 * @param record logs who did it, in the transaction that does it (S-108).
 * @returns the new key ids.
 */
export function rotateSigningKeys(
  database: Database,
  vault: Vault,
  clock: Clock,
  record?: (trx: Db, kids: string[]) => Promise<void>,
): Promise<string[]> {
  return replaceKeys(database, vault, clock, algorithms, 'retire', record);
}

/**
 * Private JWKs: those that sign first, then the retired ones still published. Only the public half may
 * leave the process.
 */
export async function loadSigningKeys(
  db: Db,
  vault: Vault,
  clock: Clock,
): Promise<{ keys: JWK[]; retired: Set<string> }> {
  const rows = await db
    .selectFrom('signing_keys')
    .selectAll()
    .where((where) => where.or([where('retire_at', 'is', null), where('retire_at', '>', clock())]))
    .orderBy('created_at', 'desc')
    .orderBy('kid')
    .execute();
  const isRetired = (row: (typeof rows)[number]) => row.rotated_at !== null;
  const ordered = [...rows.filter((row) => !isRetired(row)), ...rows.filter(isRetired)];
  return {
    keys: ordered.map((row) => JSON.parse(vault.decrypt(row.private_jwk_encrypted, contextOf(row.kid)))),
    retired: new Set(rows.filter(isRetired).map((row) => row.kid)),
  };
}

async function replaceKeys(
  database: Database,
  vault: Vault,
  clock: Clock,
  wanted: readonly Algorithm[],
  previous: 'keep' | 'retire',
  record?: (trx: Db, kids: string[]) => Promise<void>,
): Promise<string[]> {
  const made = await Promise.all(wanted.map(makeKey));
  const now = clock();
  return database.transaction(async (trx) => {
    if (previous === 'retire') {
      await trx
        .updateTable('signing_keys')
        .set({ rotated_at: now, retire_at: now + publishedAfterRotation })
        .where('rotated_at', 'is', null)
        .execute();
    }
    for (const { algorithm, jwk, kid } of made) {
      await trx
        .insertInto('signing_keys')
        .values({
          kid,
          algorithm,
          private_jwk_encrypted: vault.encrypt(JSON.stringify(jwk), contextOf(kid)),
          created_at: now,
          rotated_at: null,
          retire_at: null,
        })
        .execute();
    }
    const kids = made.map((key) => key.kid);
    await record?.(trx, kids);
    return kids;
  });
}

async function makeKey(algorithm: Algorithm): Promise<{ algorithm: Algorithm; kid: string; jwk: JWK }> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true, modulusLength: 2048 });
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  return {
    algorithm,
    kid,
    jwk: { ...jwk, kid, use: 'sig', ...(algorithm === 'RS256' ? {} : { alg: algorithm }) },
  };
}

function contextOf(kid: string): string {
  return `signing_keys.private_jwk_encrypted:${kid}`;
}
