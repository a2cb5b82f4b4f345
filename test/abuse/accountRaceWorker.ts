import { createAccounts } from '../../src/accounts/accounts.ts';
import { openVault } from '../../src/crypto/vault.ts';
import { type DatabaseTarget, openDatabase } from '../../src/database/database.ts';
import { connection, context, password } from '../support/accounts.ts';

/** What to try, and what the clock of this process shows meanwhile. */
export type Attempt = { at: number } & (
  | { what: 'verifyEmail'; ticket: string }
  | { what: 'changePassword'; ticket: string; password: string }
  | { what: 'signUp'; email: string }
  | { what: 'checkPassword'; identifier: string }
);

/** A process of its own that works on accounts: what a second node does to the same database. */
const [, , target, masterKey] = process.argv;
let now = 0;
const clock = () => now;
const database = await openDatabase(JSON.parse(target as string) as DatabaseTarget);
const vault = await openVault(database, Buffer.from(masterKey as string, 'base64'), clock);
const accounts = createAccounts({
  database,
  vault,
  clock,
  onPasswordChanged: [],
  afterQueueing: () => {},
});

process.on('message', async (attempt: Attempt) => {
  now = attempt.at;
  const { outcome } = await perform(attempt);
  process.send?.(outcome);
});
process.send?.('ready');

function perform(attempt: Attempt): Promise<{ outcome: string }> {
  switch (attempt.what) {
    case 'verifyEmail':
      return accounts.verifyEmail({ ticket: attempt.ticket, context });
    case 'changePassword':
      return accounts.changePassword({
        ticket: attempt.ticket,
        password: attempt.password,
        endsSessions: true,
        admit: async () => true,
        context,
      });
    case 'signUp':
      return accounts.signUp({ connection, email: attempt.email, password, context });
    case 'checkPassword':
      return accounts.checkPassword({
        identifier: attempt.identifier,
        password: 'wrong password',
        connection,
        context,
      });
  }
}
