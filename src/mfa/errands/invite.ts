import { issueTicket } from '../../accounts/tickets.ts';
import type { RequestContext } from '../../config/requestContext.ts';
import type { Db } from '../../database/database.ts';
import { type Limit, spend } from '../../database/throttle.ts';
import type { EngineParts } from '../parts.ts';
import { canBeInvited } from '../policy/decideInvitation.ts';
import { type Refusal, refuse } from '../transaction.ts';
import { type Actor, actOn, recordAct } from '../userAct.ts';

/** Messages that applications send to one address: who they invite didn't ask for any (S-96). */
const mailLimit: Limit = { name: 'invitation-mails', burst: 20, refillSeconds: 30 * 60 };

const lifetimeSeconds = 5 * 24 * 60 * 60;

/** Where the pages take an invitation. Auth0's address. */
const path = '/guardian/enroll';

/** What a person is invited to. */
export interface Invitation {
  /** Name of the factor to set up; the person chooses when absent. */
  factor?: string;
  /** Who has a second factor already may add one, after proving it. */
  allowsAnother: boolean;
  /** Sends the link: to the account's address, unless another is given. */
  mail?: { to?: string };
}

export interface Invited {
  outcome: 'invited';
  /** The link's secret, which stands nowhere else. */
  ticket: string;
  /** Path and query of the link. */
  path: string;
  /** Epoch milliseconds. */
  expiresAt: number;
}

/** What is kept with the ticket. */
export interface InvitationData {
  factor?: string;
  allowsAnother: boolean;
  channel?: 'email';
}

/** Makes the link of an invitation, and queues its message where one is wanted. */
export function invite(
  parts: EngineParts,
  userId: string,
  { factor, allowsAnother, mail }: Invitation,
  actor: Actor,
  context: RequestContext,
): Promise<Invited | Refusal> {
  return actOn(parts, userId, actor, async (trx, user): Promise<Invited | Refusal> => {
    if (user.blocked) return refuse('not_allowed');
    const objection = factor === undefined ? undefined : await objectionTo(parts, trx, factor);
    if (objection) return objection;
    if (mail && actor.kind === 'application') {
      const address = parts.vault.hash(mail.to ?? user.email, 'mail-limit');
      const budget = await spend(trx, parts.clock, mailLimit, address);
      if (!budget.allowed) return refuse('rate_limited', budget);
    }

    const data: InvitationData = {
      ...(factor === undefined ? {} : { factor }),
      allowsAnother,
      ...(mail ? { channel: 'email' } : {}),
    };
    const ticket = await issueTicket(trx, parts, { kind: 'enrolment', userId, lifetimeSeconds, data });
    const link = `${path}?${new URLSearchParams({ ticket })}`;
    if (mail) {
      const to = mail.to === undefined ? {} : { to: mail.to };
      await parts.notify(trx, {
        template: 'enrollment_email',
        user,
        context,
        path: link,
        lifetimeSeconds,
        ...to,
      });
    }
    await recordAct(parts, trx, user, actor, context, {
      type: 'sapi',
      description: 'Invite a user to set up a second factor',
      details: { invitation: data },
    });
    return {
      outcome: 'invited',
      ticket,
      path: link,
      expiresAt: parts.clock() + lifetimeSeconds * 1000,
    };
  });
}

async function objectionTo(parts: EngineParts, trx: Db, name: string): Promise<Refusal | undefined> {
  const factor = parts.registry.get(name);
  if (!factor || !canBeInvited(factor)) return refuse('unsupported');
  return parts.registry.isEnabled(factor, await parts.settings(trx)) ? undefined : refuse('factor_disabled');
}
