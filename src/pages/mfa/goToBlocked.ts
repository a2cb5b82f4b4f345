import type { FastifyReply } from 'fastify';
import type { InteractionVisit } from '../visit.ts';

/** Name after `/u/` of the page that tells why there is no way on. */
export const blockedScreen = 'mfa-blocked';

/** Value of `because` where nothing is sent any more to the only method that there is. */
export const unreached = 'unreached';

/** To the page that tells why there is no way on. */
export function goToBlocked(visit: InteractionVisit, because?: typeof unreached): FastifyReply {
  return visit.goTo(blockedScreen, because === undefined ? {} : { because });
}
