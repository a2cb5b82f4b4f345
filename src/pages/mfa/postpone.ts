import type { FastifyReply } from 'fastify';
import { mark } from '../browser/rememberedFactors.ts';
import type { InteractionVisit } from '../visit.ts';
import { leaveOffer } from './advance.ts';
import type { At } from './step.ts';

/** The buttons that leave an offered enrolment, and for how many days this browser isn't offered it again. */
export const postponements: ReadonlyMap<string, number> = new Map([
  ['snooze-enrollment', 14],
  ['refuse-add-device', 365],
]);

/** Leaves the offer and remembers that, for this person in this browser. */
export function postpone(
  visit: InteractionVisit,
  { transaction, step: { factor } }: At,
  days: number,
): Promise<FastifyReply> {
  mark(visit, 'put-off', { userId: transaction.userId, factor: factor.name, days });
  return leaveOffer(visit, transaction);
}
