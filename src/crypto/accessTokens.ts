import { createLocalJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Clock } from '../config/clock.ts';
import type { Db } from '../database/database.ts';
import { loadSigningKeys } from './signingKeys.ts';
import type { Vault } from './vault.ts';

const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'];

/** Checks the JWT access tokens that this server issued for one of its own APIs. */
export class AccessTokenVerifier {
  readonly #db: Db;
  readonly #vault: Vault;
  readonly #clock: Clock;
  readonly #issuer: string;
  #keys: JWTVerifyGetKey | undefined;

  constructor(db: Db, vault: Vault, clock: Clock, issuer: string) {
    this.#db = db;
    this.#vault = vault;
    this.#clock = clock;
    this.#issuer = issuer;
  }

  /**
   * The claims of a token that our own key signed for `audience` and that is in force; else undefined.
   * Algorithms, issuer, audience, times and type are pinned; nothing in the token selects a key but the
   * `kid` of one of ours (S-72).
   */
  async verify(token: string, audience: string): Promise<JWTPayload | undefined> {
    try {
      return await this.#check(token, audience, await this.#currentKeys());
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) return undefined;
    }
    // Signed with a key made since the keys were read.
    this.#keys = undefined;
    try {
      return await this.#check(token, audience, await this.#currentKeys());
    } catch {
      return undefined;
    }
  }

  async #check(token: string, audience: string, keys: JWTVerifyGetKey): Promise<JWTPayload> {
    const { payload } = await jwtVerify(token, keys, {
      algorithms,
      audience,
      issuer: this.#issuer,
      typ: 'at+jwt',
      requiredClaims: ['sub', 'exp', 'iat'],
      currentDate: new Date(this.#clock()),
    });
    return payload;
  }

  async #currentKeys(): Promise<JWTVerifyGetKey> {
    if (!this.#keys) {
      const { keys } = await loadSigningKeys(this.#db, this.#vault, this.#clock);
      const publicKeys = keys.map(({ d: _d, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, ...rest }) => rest);
      this.#keys = createLocalJWKSet({ keys: publicKeys });
    }
    return this.#keys;
  }
}
