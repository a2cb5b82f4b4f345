import { hasActiveOperator, inviteOperator, type OperatorInvitation } from '../accounts/operators.ts';
import type { House } from '../house.ts';

const email = 'operator@example.com';

/**
 * Invites the first operator of a development server. As long as nobody chose a password, each start
 * makes a new link, since the one before can't be shown again.
 */
export async function inviteFirstOperator(house: House): Promise<OperatorInvitation | undefined> {
  const { database, vault, clock, settings } = house;
  const { publicUrl } = settings;
  return database.transaction(async (trx) => {
    if (await hasActiveOperator(trx)) return undefined;
    const result = await inviteOperator(trx, { vault, clock, publicUrl }, email);
    return result.outcome === 'invited' ? result : undefined;
  });
}
