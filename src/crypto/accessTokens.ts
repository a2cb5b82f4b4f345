import type { JWTPayload } from 'jose';
import type { Clock } from '../config/clock.ts';
import type { Db } from '../database/database.ts';
import { verifyJwt } from './jwt.ts';
import { KeyRing } from './keyRing.ts';
import type { Vault } from './vault.ts';

/** Checks the JWT access tokens that this server issued for one of its own APIs. */
export class AccessTokenVerifier {
  readonly #keys: KeyRing;
  readonly #clock: Clock;
  readonly #issuer: string;

  constructor(db: Db, vault: Vault, clock: Clock, issuer: string) {
    this.#keys = new KeyRing(db, vault, clock);
    this.#clock = clock;
    this.#issuer = issuer;
  }

  /** The claims of a token that our own key signed for `audience` and that is in force; else undefined (S-72). */
  verify(token: string, audience: string): Promise<JWTPayload | undefined> {
    const expectation = { typ: 'at+jwt', issuer: this.#issuer, audience } as const;
    return verifyJwt(this.#keys, this.#clock, token, expectation);
  }
}
