import { type Accounts, createAccounts } from '../../src/accounts/accounts.ts';
import type { PasswordChangedHook } from '../../src/accounts/accountsParts.ts';
import type { User } from '../../src/accounts/users.ts';
import type { RequestContext } from '../../src/config/requestContext.ts';
import { generateMasterKey } from '../../src/crypto/masterKey.ts';
import { openVault, type Vault } from '../../src/crypto/vault.ts';
import type { Database } from '../../src/database/database.ts';
import { type Dispatcher, startDispatcher } from '../../src/delivery/dispatcher.ts';
import { type OutboxMail, readOutbox } from '../../src/delivery/readOutbox.ts';
import { outboxRoute } from '../../src/delivery/route.ts';
import { createEmailRenderer } from '../../src/delivery/templates/renderEmail.ts';
import { createCodeWording } from '../../src/delivery/templates/wordCode.ts';
import { createPushWording } from '../../src/delivery/templates/wordPush.ts';
import { recordStatements } from './statements.ts';

export const connection = 'Username-Password-Authentication';
export const publicUrl = 'https://login.example.com/';
export const context: RequestContext = { ip: '192.0.2.7', userAgent: 'test' };
export const password = 'seven green apples';

/** Accounts over a database of the test's own, with a clock that only the test moves. */
export interface TestAccounts {
  accounts: Accounts;
  database: Database;
  vault: Vault;
  clock: { now: number; advance(seconds: number): void };
  dispatcher: Dispatcher;
  /** Whose passwords were changed, as the hook was told. */
  changedPasswords: string[];
  /** Statements of the accounts since the last call. */
  takeStatements(): string[];
  /** Works off the queue; then the messages there are, newest first. */
  outbox(to?: string): Promise<OutboxMail[]>;
  /** The ticket in the newest message to this address. */
  ticketFor(to: string): Promise<string>;
  addUser(email: string): Promise<User>;
  events(): Promise<{ type: string; userId: string | null; details: Record<string, unknown> }[]>;
}

/** One key for all databases, so that another process can open them. */
export const masterKey = generateMasterKey();

const midday = Date.UTC(2026, 0, 15, 12);

export async function createTestAccounts(
  opened: Database,
  hooks: readonly PasswordChangedHook[] = [],
): Promise<TestAccounts> {
  const clock = {
    now: midday,
    advance(seconds: number) {
      this.now += seconds * 1000;
    },
  };
  const tell = () => clock.now;
  const vault = await openVault(opened, masterKey, tell);
  const { database, take } = recordStatements(opened);
  const changedPasswords: string[] = [];
  const accounts = createAccounts({
    database,
    vault,
    clock: tell,
    onPasswordChanged: [async (_trx, userId) => void changedPasswords.push(userId), ...hooks],
    afterQueueing: () => {},
  });
  const sender = async () => ({ friendlyName: 'Acme' });
  const render = createEmailRenderer({ publicUrl, sender });
  const wordCode = createCodeWording({ publicUrl, sender, renderEmail: render });
  const wordPush = createPushWording({ publicUrl, sender });
  const dispatcher = startDispatcher({
    database: opened,
    vault,
    clock: tell,
    routes: async (channel) => [outboxRoute(channel)],
    render,
    wordCode,
    wordPush,
    handlers: accounts.requestHandlers,
    onFault: (error) => {
      throw error;
    },
    pollMs: 0,
  });
  const house: TestAccounts = {
    accounts,
    database: opened,
    vault,
    clock,
    dispatcher,
    changedPasswords,
    takeStatements: take,
    async outbox(to) {
      await dispatcher.drain();
      const messages = await readOutbox({ db: opened.db, vault, render, wordCode, wordPush }, { to });
      return messages.filter((message) => message.channel === 'email');
    },
    async ticketFor(to) {
      const [newest] = await house.outbox(to);
      const ticket = new URL(newest?.links[0] ?? '').searchParams.get('ticket');
      if (ticket === null) throw new Error(`The message to ${to} holds no ticket.`);
      return ticket;
    },
    async addUser(email) {
      const created = await accounts.createUser({ connection, email, password, emailVerified: true });
      if (created.outcome !== 'created') throw new Error(`No user was created: ${created.outcome}.`);
      return created.user;
    },
    async events() {
      const rows = await opened.db.selectFrom('logs').selectAll().orderBy('log_id').execute();
      return rows.map(({ type, user_id, details }) => ({
        type,
        userId: user_id,
        details: JSON.parse(details),
      }));
    },
  };
  return house;
}
