import type { Reach } from '../factor.ts';
import type { EngineUser } from '../parts.ts';
import type { Proof } from '../transaction.ts';

/** Through what a link comes, by its channel. */
const reachOfChannel: Readonly<Record<string, Reach>> = {
  email: 'mailbox',
  sms: 'phone',
  voice: 'phone',
};

/**
 * What somebody's first proofs rest on already: the mailbox or the phone that a link came to, and the mailbox by
 * which the password was chosen. A code that comes there as well is the same thing shown twice, and never the
 * second of two factors (S-32; NIST SP 800-63B §4.2.1).
 */
export function reachesTaken(
  proofs: readonly Proof[],
  { isPasswordByMail }: Pick<EngineUser, 'isPasswordByMail'>,
): ReadonlySet<Reach> {
  const ofLinks = proofs.flatMap(({ factor, channel }) =>
    factor === 'link' && channel !== undefined ? (reachOfChannel[channel] ?? []) : [],
  );
  return new Set([...ofLinks, ...(isPasswordByMail ? (['mailbox'] as const) : [])]);
}
