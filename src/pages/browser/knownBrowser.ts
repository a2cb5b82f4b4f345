import type { FastifyRequest } from 'fastify';
import type { Clock } from '../../config/clock.ts';
import type { Vault } from '../../crypto/vault.ts';
import { type Abilities, readAbilities } from './abilities.ts';
import { isPhone } from './isPhone.ts';
import { Marks } from './marks.ts';

/** What is known of the browser in use, for choosing screens and factors. All of it may be wrong. */
export interface KnownBrowser {
  readonly isPhone: boolean;
  /** Undefined until the browser was asked. */
  readonly abilities: Abilities | undefined;
  readonly marks: Marks;
}

interface Parts {
  publicUrl: string;
  clock: Clock;
  vault: Pick<Vault, 'hash'>;
}

/** Reads it from a request's headers. */
export function knownBrowser(
  request: Pick<FastifyRequest, 'headers'>,
  { publicUrl, clock, vault }: Parts,
): KnownBrowser {
  const { cookie } = request.headers;
  const hash = (value: string) => vault.hash(value, 'browser-mark');
  return {
    isPhone: isPhone(request),
    abilities: readAbilities(cookie, publicUrl),
    marks: new Marks(cookie, { publicUrl, hash, now: clock() }),
  };
}
