import type { Db } from '../database/database.ts';
import type { LinkVariables } from '../delivery/emailTemplates.ts';
import { enqueueEmail } from '../delivery/messages.ts';
import type { AccountsParts } from './accountsParts.ts';
import { issueTicket } from './tickets.ts';

/** Where the pages take the tickets of messages. */
const paths = {
  'email-verification': '/u/email-verification',
  'password-reset': '/u/reset-password/change',
} as const;

const lifetimes = {
  'email-verification': 5 * 24 * 60 * 60,
  'password-reset': 60 * 60,
} as const;

type Parts = Pick<AccountsParts, 'vault' | 'clock'>;

/** To whom, about which account, in which language. */
interface Recipient {
  userId: string;
  to: string;
  locale?: string | undefined;
}

/** Makes a ticket, in the caller's transaction. @returns what a message needs to bring its link. */
export async function makeLink(
  trx: Db,
  parts: Parts,
  kind: keyof typeof paths,
  userId: string,
  data: unknown,
): Promise<LinkVariables> {
  const lifetimeSeconds = lifetimes[kind];
  const token = await issueTicket(trx, parts, { kind, userId, lifetimeSeconds, data });
  return { path: `${paths[kind]}?${new URLSearchParams({ ticket: token })}`, lifetimeSeconds };
}

/**
 * Makes a ticket and queues the e-mail with its link, which is the only place it ever stands in. Runs
 * inside the caller's transaction.
 */
export async function enqueueLink(
  trx: Db,
  parts: Parts,
  kind: keyof typeof paths,
  template: 'verify_email' | 'reset_email' | 'account_exists',
  { userId, to, locale }: Recipient,
  data: unknown,
): Promise<void> {
  const variables = await makeLink(trx, parts, kind, userId, data);
  await enqueueEmail(trx, parts.vault, parts.clock, {
    to,
    userId,
    template,
    ...(locale !== undefined && { locale }),
    variables,
  });
}
