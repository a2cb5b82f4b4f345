import { inviteOperator, type OperatorInvitation } from '../accounts/operators.ts';
import type { House } from '../house.ts';
import { CommandError } from './commandError.ts';
import { recordOperatorAct } from './recordOperatorAct.ts';

/**
 * Makes a one-time link for somebody to become an operator, and logs that.
 *
 * @throws CommandError when it is no address, or somebody who is an operator already.
 */
export async function invite(
  { database, vault, clock, settings }: House,
  email: string,
): Promise<OperatorInvitation> {
  const { publicUrl } = settings;
  const result = await database.transaction(async (trx) => {
    const invited = await inviteOperator(trx, { vault, clock, publicUrl }, email);
    if (invited.outcome === 'invited') {
      await recordOperatorAct(trx, clock, { description: 'Invite an operator', userId: invited.user.id });
    }
    return invited;
  });
  switch (result.outcome) {
    case 'invalid_email':
      throw new CommandError('invalid_input', `Expected the operator’s e-mail address, not ${email}.`);
    case 'active':
      throw new CommandError(
        'operator_exists',
        `${result.user.email} is an operator already; "user set-password" and "user reset-mfa" help when access is lost.`,
      );
    case 'invited':
      return result;
  }
}

/** An invitation as commands print it. */
export function toWireInvitation({ user, url, expiresAt }: OperatorInvitation) {
  return {
    user_id: user.id,
    email: user.email,
    invitation_url: url,
    expires_at: new Date(expiresAt).toISOString(),
  };
}
