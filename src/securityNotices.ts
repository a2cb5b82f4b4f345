import type { Clock } from './config/clock.ts';
import type { Db } from './database/database.ts';
import type { Email, Occasion, UndoVariables } from './delivery/emailTemplates.ts';
import type { Factor } from './mfa/factor.ts';
import type { EngineDependencies, Notice } from './mfa/parts.ts';
import { undoSeconds } from './mfa/undo/changeStore.ts';

/** Puts the engine's notices into e-mails: the other channel by which a person learns of changes. */
export function securityNotices(
  clock: Clock,
  enqueue: (trx: Db, email: Email) => Promise<void>,
): EngineDependencies['notify'] {
  return (trx, notice) => enqueue(trx, emailOf(notice, clock()));
}

function emailOf(notice: Notice, at: number): Email {
  const { user, context } = notice;
  const locale = context.language;
  const envelope = { to: user.email, userId: user.id, ...(locale === undefined ? {} : { locale }) };
  const occasion: Occasion = { at, ip: context.ip, userAgent: context.userAgent };
  switch (notice.template) {
    case 'mfa_enrolled':
    case 'mfa_removed': {
      // Where an operator sat is nothing the person can judge.
      const by = notice.isByOperator ? { at } : occasion;
      const variables = {
        ...by,
        factorName: factorName(notice.factor, locale),
        undo: undoLink(notice.undoTicket),
      };
      return { ...envelope, template: notice.template, variables };
    }
    case 'failed_second_factors':
      return {
        ...envelope,
        template: notice.template,
        variables: { ...occasion, failures: notice.failures },
      };
    case 'enrollment_email': {
      const { template, path, lifetimeSeconds, to = user.email } = notice;
      return { ...envelope, to, template, variables: { path, lifetimeSeconds } };
    }
    case 'mfa_change_undone': {
      const { template, path, lifetimeSeconds } = notice;
      return { ...envelope, template, variables: { path, lifetimeSeconds } };
    }
    case 'temporary_pass_issued': {
      // As above: an operator gave it out.
      const variables = { at, undo: undoLink(notice.undoTicket) };
      return { ...envelope, template: notice.template, variables };
    }
    case 'recovery_code_used': {
      const { template, remaining } = notice;
      const left = remaining === undefined ? {} : { codesLeft: remaining };
      return { ...envelope, template, variables: { ...occasion, ...left } };
    }
    case 'push_denied':
      return {
        ...envelope,
        template: notice.template,
        variables: { ...occasion, clientName: notice.client.name },
      };
    case 'mfa_reset':
      // As above.
      return { ...envelope, template: notice.template, variables: { at } };
    default:
      return { ...envelope, template: notice.template, variables: occasion };
  }
}

/** Where the pages take the tickets of changes. */
function undoLink(ticket: string | undefined): UndoVariables['undo'] {
  return ticket === undefined
    ? null
    : { path: `/u/undo-change?${new URLSearchParams({ ticket })}`, lifetimeSeconds: undoSeconds };
}

/** The factor's name as the choosers show it, in the language nearest to the person's. */
function factorName(factor: Factor, locale = 'en'): string {
  const texts = factor.texts[locale] ?? factor.texts[locale.split('-')[0] ?? 'en'] ?? factor.texts.en;
  return texts?.mfa?.['mfa-login-options']?.[factor.screens.nameText] ?? factor.name;
}
