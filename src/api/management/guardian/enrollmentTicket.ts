import { Type } from 'typebox';
import { findUserById } from '../../../accounts/users.ts';
import { canonicalEmail } from '../../../config/emailAddress.ts';
import type { App } from '../../../http/createApp.ts';
import type { RefusalCode } from '../../../mfa/transaction.ts';
import { registerCall } from '../call.ts';
import type { ManagementDependencies } from '../dependencies.ts';
import { invalidMember, notSupported, type Problem, problems } from '../problem.ts';

const factors = [
  'push-notification',
  'phone',
  'email',
  'otp',
  'webauthn-roaming',
  'webauthn-platform',
] as const;

const sendMail = Type.Boolean({ description: 'Sends the link by the template `enrollment_email`.' });

const body = Type.Object(
  {
    user_id: Type.String({ minLength: 1, maxLength: 128 }),
    email: Type.Optional(
      Type.String({
        maxLength: 320,
        description: 'Where the link is sent; the account’s own address when absent.',
      }),
    ),
    send_mail: Type.Optional(sendMail),
    send_email: Type.Optional(Type.Boolean({ description: 'The same as `send_mail`, by another name.' })),
    email_locale: Type.Optional(Type.String({ maxLength: 35, description: 'Language of the message.' })),
    factor: Type.Optional(
      Type.Union(
        factors.map((name) => Type.Literal(name)),
        {
          description:
            'What to set up; the person chooses when absent. `email` can’t be set up by a ticket, and ' +
            '`webauthn-platform` only beside another factor.',
        },
      ),
    ),
    allow_multiple_enrollments: Type.Optional(
      Type.Boolean({ description: 'Also for who has a second factor already: they prove it first.' }),
    ),
  },
  { additionalProperties: false },
);

const answer = Type.Object({
  ticket_id: Type.String({ description: 'The secret in the link; it is shown here only.' }),
  ticket_url: Type.String({ description: 'The link. It works once, for five days.' }),
});

const refusals: Partial<Record<RefusalCode, Problem>> = {
  not_found: problems.unknownUser,
  not_allowed: notSupported('The user is blocked.'),
  unsupported: notSupported('This factor cannot be enrolled by a ticket.'),
  factor_disabled: notSupported('This factor is not enabled.'),
  rate_limited: problems.tooMany,
};

/** `POST /guardian/enrollments/ticket`: invites a person to set up a second factor. */
export function registerEnrollmentTicket(app: App, dependencies: ManagementDependencies): void {
  const { engine, database, issuer } = dependencies;
  registerCall(app, dependencies, {
    method: 'POST',
    path: '/guardian/enrollments/ticket',
    scopes: ['create:guardian_enrollment_tickets'],
    summary: 'Create a multi-factor enrolment ticket',
    description: 'A newer ticket voids the user’s older one, so repeating the call does no harm.',
    body,
    answer,
    status: 200,
    async handle({ client, body: asked, context }) {
      const {
        user_id,
        email,
        email_locale,
        factor,
        allow_multiple_enrollments: allowsAnother = false,
      } = asked;
      const to = email === undefined ? undefined : canonicalEmail(email);
      if (email !== undefined && to === undefined)
        return { problem: invalidMember('Object didn’t pass validation for format email', 'email') };
      const user = await findUserById(database.db, user_id);
      const language = email_locale ?? user?.locale;
      const isSent = asked.send_mail ?? asked.send_email ?? false;
      const invited = await engine.errands.invite(
        user_id,
        {
          ...(factor === undefined ? {} : { factor }),
          allowsAnother,
          ...(isSent ? { mail: to === undefined ? {} : { to } } : {}),
        },
        { kind: 'application', id: client.clientId },
        language === undefined ? context : { ...context, language },
      );
      if (invited.outcome === 'invited') {
        const { ticket, path } = invited;
        return { answer: { ticket_id: ticket, ticket_url: new URL(path, issuer).href } };
      }
      const problem = refusals[invited.code];
      if (!problem) throw new Error(`An invitation isn't refused for ${invited.code}.`);
      return { problem };
    },
  });
}
