import type { RedirectSide } from '../../mfa/redirects/redirectFactor.ts';
import { openDuo } from './duoClient.ts';
import { asWord, readFault } from './fault.ts';
import { lackOf } from './lackOf.ts';
import type { DuoSettings } from './settings.ts';

/** The name under which Duo knows the person. */
export interface DuoState {
  username: string;
}

/** What Duo said, or why it said nothing that counts. */
export type DuoAnswer = { username: string; result: string; status: string } | { failure: string };

/** Long enough to set up a device at Duo. */
const lifetimeSeconds = 30 * 60;

/** Duo's page: https://duo.com/docs/oauthapi */
export const duoService: RedirectSide<DuoState, DuoSettings> = {
  nonceParameter: 'state',

  async probe(service) {
    if (lackOf(service.settings)) return { isUp: false, isOutage: false, detail: 'not_set_up' };
    try {
      const client = await openDuo(service);
      await client.healthCheck();
      return { isUp: true };
    } catch (error) {
      return { isUp: false, ...readFault(error) };
    }
  },

  letsInWhileDown: ({ failMode }) => failMode === 'open',

  async begin(service, { state: { username }, nonce }) {
    const client = await openDuo(service);
    return { url: await client.createAuthUrl(username, nonce), state: { username }, lifetimeSeconds };
  },

  async exchange(service, challenge, { duo_code: code, error }): Promise<DuoAnswer> {
    if (code === undefined) return { failure: asWord(error ?? 'no_code') };
    const { username } = challenge as DuoState;
    try {
      const client = await openDuo(service);
      // Checks signature, issuer, audience, times and the name; the result it leaves to us.
      const said = await client.exchangeAuthorizationCodeFor2FAResult(code, username);
      const { result = '', status = '' } = said.auth_result ?? {};
      return { username: said.preferred_username ?? '', result: String(result), status: String(status) };
    } catch (fault) {
      return { failure: readFault(fault).detail };
    }
  },
};
