import { reaches, vouchesFor } from '../assurance.ts';
import type { Factor } from '../factor.ts';
import type { Enrols, Requirement, Verdict } from '../transaction.ts';
import { type Circumstances, enrollableFactors, hasIndependentMethod, usableFactors } from './decide.ts';

/**
 * Judges what an invitation to set up a factor still requires: to prove a method of one's own, where there is
 * one (S-39), then to enrol. Nothing more once that was done by this very invitation, or where it isn't for
 * people who have a method. Pure.
 */
export function decideInvitation(circumstances: Circumstances, invitation: Enrols): Verdict {
  const { input, now } = circumstances;
  const isEnrolled = hasIndependentMethod(circumstances);
  if (input.proofs.some(({ enrolledBy }) => enrolledBy === invitation.ticketId))
    return because({ kind: 'none' }, 'enrolled_by_invitation');
  if (isEnrolled && !invitation.allowsAnother) return because({ kind: 'none' }, 'already_enrolled');

  const invited = invitedFactors(circumstances, invitation);
  const usable = usableFactors(circumstances);
  // What an operator handed out comes first as well: the link alone is no proof of who opens it.
  const vouched =
    isEnrolled || usable.some(({ handedOut }) => handedOut)
      ? invited.filter((factor) => vouchesFor(factor, input.proofs, circumstances, now))
      : invited;
  if (vouched.length > 0) return because({ kind: 'enrol', factors: namesOf(vouched) });
  if (invited.length === 0) return because({ kind: 'blocked' }, 'no_factor_enabled');
  const leading = usable.filter((one) => invited.some((other) => reaches(one, other)));
  return leading.length > 0
    ? because({ kind: 'challenge', factors: namesOf(leading) })
    : because({ kind: 'blocked' }, 'methods_switched_off');
}

function invitedFactors(circumstances: Circumstances, { factors }: Enrols): Factor[] {
  const { registry, settings } = circumstances;
  const beside = hasIndependentMethod(circumstances) ? 'independent' : 'nothing';
  return enrollableFactors(registry, settings, beside)
    .filter((name) => factors === undefined || factors.includes(name))
    .flatMap((name) => registry.get(name) ?? [])
    .filter(canBeInvited);
}

/** Neither to the mailbox that the invitation may come to (S-32), nor to what has an enrolment of its own. */
export function canBeInvited({ enrolment, reach, isExclusive }: Factor): boolean {
  return enrolment === 'by-person' && reach !== 'mailbox' && !isExclusive;
}

function because(requirement: Requirement, ...more: string[]): Verdict {
  const reasons = ['invitation', ...more].map((code) => ({ code }));
  return { requirement, reasons, allowsRememberBrowser: false };
}

function namesOf(factors: readonly Factor[]): string[] {
  return factors.map(({ name }) => name);
}
