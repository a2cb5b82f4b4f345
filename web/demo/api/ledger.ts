import type { Clock } from '../../../src/config/clock.ts';

/** Who money can be sent to. */
export const payees = {
  marina: 'Marina dues',
  chandler: 'Anna’s Chandlery',
  lifeboat: 'The lifeboat crew',
} as const;

export type PayeeId = keyof typeof payees;

export interface Movement {
  party: string;
  /** Negative when money left the account. */
  amountCents: number;
  /** Epoch ms. */
  at: number;
}

export interface Account {
  balanceCents: number;
  currency: 'EUR';
  /** Newest first. */
  movements: Movement[];
}

export type TransferResult =
  | { outcome: 'sent'; movement: Movement; account: Account }
  | { outcome: 'refused'; reason: 'insufficient_funds' };

const hour = 60 * 60 * 1000;
const mostAccounts = 1000;
const mostMovements = 6;

/** The bank's books, invented, in memory: each person starts with the same account. */
export class Ledger {
  readonly #clock: Clock;
  readonly #accounts = new Map<string, Account>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  accountOf(userId: string): Account {
    return this.#accounts.get(userId) ?? newAccount(this.#clock());
  }

  /** Moves the money, unless there is not enough. Amounts are whole cents above zero. */
  transfer(userId: string, payee: PayeeId, amountCents: number): TransferResult {
    const account = this.accountOf(userId);
    if (amountCents > account.balanceCents) return { outcome: 'refused', reason: 'insufficient_funds' };
    const movement = { party: payees[payee], amountCents: -amountCents, at: this.#clock() };
    const changed: Account = {
      ...account,
      balanceCents: account.balanceCents - amountCents,
      movements: [movement, ...account.movements].slice(0, mostMovements),
    };
    this.#keep(userId, changed);
    return { outcome: 'sent', movement, account: changed };
  }

  #keep(userId: string, account: Account): void {
    this.#accounts.delete(userId);
    this.#accounts.set(userId, account);
    const [oldest] = this.#accounts.keys();
    if (this.#accounts.size > mostAccounts && oldest !== undefined) this.#accounts.delete(oldest);
  }
}

function newAccount(now: number): Account {
  return {
    balanceCents: 4_812_50,
    currency: 'EUR',
    movements: [
      { party: 'Quayside Coffee', amountCents: -4_20, at: now - 3 * hour },
      { party: 'Ferry season ticket', amountCents: -64_00, at: now - 27 * hour },
      { party: 'Salary, Lighthouse & Co', amountCents: 2_950_00, at: now - 75 * hour },
    ],
  };
}
