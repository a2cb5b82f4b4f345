import type { Transaction } from '../../mfa/transaction.ts';
import type { InteractionVisit } from '../visit.ts';
import type { MarkKind } from './marks.ts';
import { isOfDevice } from './usableFactors.ts';

const heldDays = 365;

/** Remembers something about this person and a factor in the browser in use. */
export function mark(
  visit: InteractionVisit,
  kind: MarkKind,
  { userId, factor, days }: { userId: string; factor: string; days: number },
): void {
  visit.reply.header('set-cookie', visit.browser.marks.add(kind, userId, factor, days));
}

/**
 * A proof was accepted: a factor of the device is held here from now on. One that the person could not have
 * answered by was removed since, and is held no more.
 */
export function rememberHeld(visit: InteractionVisit, transaction: Transaction, proved: string): void {
  const { requirement, userId } = transaction;
  const { registry } = visit.parts.engine;
  const isOffer = requirement.kind === 'enrol' && requirement.offer !== undefined;
  const present = requirement.kind === 'challenge' ? requirement.factors : [];
  for (const factor of registry.all.filter(isOfDevice)) {
    if (factor.name === proved) mark(visit, 'holds', { userId, factor: proved, days: heldDays });
    else if (!isOffer && !present.includes(factor.name)) forgetHeld(visit, userId, factor.name);
  }
}

/** The credential didn't answer, so another factor comes first the next time. */
export function forgetHeld(visit: InteractionVisit, userId: string, factor: string): void {
  const cookie = visit.browser.marks.remove('holds', userId, factor);
  if (cookie !== undefined) visit.reply.header('set-cookie', cookie);
}
