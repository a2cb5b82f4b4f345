import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { JWK } from 'jose';
import type { Clock } from '../config/clock.ts';
import type { Db } from '../database/database.ts';
import type { SigningAlgorithm } from './signingAlgorithms.ts';
import { loadSigningKeys } from './signingKeys.ts';
import type { Vault } from './vault.ts';

/** One signing key under one algorithm. */
export interface RingKey {
  kid: string;
  alg: SigningAlgorithm;
  privateJwk: JWK;
  privateKey: KeyObject;
  publicKey: KeyObject;
  /** Signs nothing any more; what it signed still verifies. */
  isRetired: boolean;
}

/** A rotation on another node or by the command line is noticed this much later at the latest. */
const freshMs = 5_000;
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi'];

/**
 * The signing keys as the database holds them. An RSA key appears twice, for RS256 and for PS256 under
 * a key id of its own, so that each published key names its one algorithm (RFC 8725 section 3.1).
 */
export class KeyRing {
  readonly #db: Db;
  readonly #vault: Vault;
  readonly #clock: Clock;
  #keys: readonly RingKey[] = [];
  #loadedAt = Number.NEGATIVE_INFINITY;

  constructor(db: Db, vault: Vault, clock: Clock) {
    this.#db = db;
    this.#vault = vault;
    this.#clock = clock;
  }

  /** Every key, those that sign first; read again when the last reading is more than five seconds old. */
  async keys(): Promise<readonly RingKey[]> {
    const age = this.#clock() - this.#loadedAt;
    if (age < 0 || age > freshMs) await this.reload();
    return this.#keys;
  }

  /** Reads the keys now. */
  async reload(): Promise<void> {
    const { keys, retired } = await loadSigningKeys(this.#db, this.#vault, this.#clock);
    const known = new Map(this.#keys.map((key) => [key.kid, key]));
    this.#keys = keys.flatMap((jwk) =>
      entriesOf(jwk).map((entry) => {
        const isRetired = retired.has(jwk.kid ?? '');
        const same = known.get(entry.kid);
        return same?.isRetired === isRetired ? same : ringKey(entry, isRetired);
      }),
    );
    this.#loadedAt = this.#clock();
  }

  /** @throws when the database has no key for the algorithm: the schema was never initialised. */
  async signingKey(alg: SigningAlgorithm): Promise<RingKey> {
    const key = (await this.keys()).find((candidate) => candidate.alg === alg && !candidate.isRetired);
    if (!key) throw new Error(`There is no signing key for ${alg}.`);
    return key;
  }

  /** By key id, retired ones included. An unknown id makes the keys be read again: they may be new. */
  async verificationKey(kid: string): Promise<RingKey | undefined> {
    const find = () => this.#keys.find((key) => key.kid === kid);
    await this.keys();
    if (find()) return find();
    // Whoever sends invented key ids mustn't be able to make every request read the table.
    if (this.#clock() - this.#loadedAt > 1_000) await this.reload();
    return find();
  }

  /** The public halves, as published. */
  async publicJwks(): Promise<{ keys: JWK[] }> {
    await this.reload();
    return { keys: this.#keys.map((key) => publicJwk(key.privateJwk)) };
  }
}

function entriesOf(jwk: JWK): (JWK & { kid: string; alg: SigningAlgorithm })[] {
  const kid = jwk.kid ?? '';
  switch (jwk.kty) {
    case 'RSA':
      return [
        { ...jwk, kid, alg: 'RS256' },
        { ...jwk, kid: `${kid}-ps256`, alg: 'PS256' },
      ];
    case 'EC':
      return [{ ...jwk, kid, alg: 'ES256' }];
    case 'OKP':
      return [{ ...jwk, kid, alg: 'EdDSA' }];
    default:
      return [];
  }
}

function ringKey(jwk: JWK & { kid: string; alg: SigningAlgorithm }, isRetired: boolean): RingKey {
  const privateKey = createPrivateKey({ key: jwk, format: 'jwk' });
  return {
    kid: jwk.kid,
    alg: jwk.alg,
    privateJwk: jwk,
    privateKey,
    publicKey: createPublicKey(privateKey),
    isRetired,
  };
}

function publicJwk(jwk: JWK): JWK {
  return Object.fromEntries(Object.entries(jwk).filter(([member]) => !privateMembers.includes(member)));
}
