import { type Accounts, createAccounts } from './accounts/accounts.ts';
import { endOperatorSessions } from './accounts/operators.ts';
import type { House } from './house.ts';

/**
 * The account operations over a house, for the server and the command line alike.
 *
 * @param afterQueueing called when a message was queued; without a dispatcher in this process the
 * message waits for the one of a server.
 */
export function houseAccounts(house: House, afterQueueing: () => void = () => {}): Accounts {
  const { database, vault, clock, engine } = house;
  return createAccounts({
    database,
    vault,
    clock,
    onPasswordChanged: [
      (trx, userId) => engine.browsers.forgetWith(trx, userId),
      (trx, userId) => engine.endTransactions(trx, userId),
      endOperatorSessions,
    ],
    afterQueueing,
  });
}
