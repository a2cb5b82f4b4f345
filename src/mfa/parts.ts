import type { Clock } from '../config/clock.ts';
import type { RequestContext } from '../config/requestContext.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Database, Db } from '../database/database.ts';
import { recordEvent, type TenantEvent } from '../logs/tenantLog.ts';
import { readTenantSettings, type TenantSettings } from '../tenant/tenantSettings.ts';
import type { Factor, FactorContext } from './factor.ts';
import { MethodStore } from './methods.ts';
import type { FactorRegistry } from './registry.ts';
import { RememberedBrowsers } from './rememberedBrowsers.ts';
import { type StoredTransaction, TransactionStore } from './transactions.ts';

/** What the engine needs to know of a user. */
export interface EngineUser {
  id: string;
  email: string;
  connection: string;
  blocked: boolean;
  /** Proofs given earlier count for nothing, epoch milliseconds. */
  proofsVoidBefore: number;
}

/** A message to the person by another channel than the one just used (S-24, S-45). */
export type Notice = { user: EngineUser; context: RequestContext } & (
  | { template: 'mfa_enrolled' | 'mfa_removed'; factor: Factor }
  | { template: 'mfa_reset' | 'recovery_code_used' }
  | { template: 'failed_second_factors'; failures: number }
);

/** What the engine is built from. */
export interface EngineDependencies {
  database: Database;
  vault: Vault;
  clock: Clock;
  registry: FactorRegistry;
  /** Reads inside the engine's transaction, never from a cache. */
  findUser(db: Db, userId: string): Promise<EngineUser | undefined>;
  /** Counts a login that a token grant completed, in the engine's transaction. */
  recordLogin(trx: Db, userId: string): Promise<void>;
  /** Queues a message in the engine's transaction. */
  notify(trx: Db, notice: Notice): Promise<void>;
}

/** The engine's shared parts, and what nearly every step begins with. */
export class EngineParts {
  readonly database: Database;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly registry: FactorRegistry;
  readonly transactions: TransactionStore;
  readonly methods: MethodStore;
  readonly browsers: RememberedBrowsers;
  readonly findUser: EngineDependencies['findUser'];
  readonly recordLogin: EngineDependencies['recordLogin'];
  readonly notify: EngineDependencies['notify'];

  constructor({ database, vault, clock, registry, findUser, recordLogin, notify }: EngineDependencies) {
    this.database = database;
    this.vault = vault;
    this.clock = clock;
    this.registry = registry;
    this.findUser = findUser;
    this.recordLogin = recordLogin;
    this.notify = notify;
    this.transactions = new TransactionStore(vault, clock);
    this.methods = new MethodStore(vault);
    this.browsers = new RememberedBrowsers(vault, clock);
  }

  settings(db: Db): Promise<TenantSettings> {
    return readTenantSettings(db);
  }

  factorContext(trx: Db, factor: Factor, settings: TenantSettings, user: EngineUser): FactorContext {
    return {
      clock: this.clock,
      db: trx,
      user: { id: user.id, email: user.email },
      issuer: settings.friendlyName,
      settings: this.registry.settingsOf(factor, settings),
      hash: (value) => this.vault.hash(value, `factor:${factor.name}`),
    };
  }

  /** Writes a tenant log event about a transaction, in the transaction that makes it true. */
  record(
    trx: Db,
    transaction: StoredTransaction,
    user: EngineUser | undefined,
    context: RequestContext,
    event: Pick<TenantEvent, 'type' | 'description' | 'details'>,
  ): Promise<void> {
    return recordEvent(trx, this.clock, {
      ...event,
      userId: transaction.userId,
      ...(user ? { userName: user.email, connection: user.connection } : {}),
      clientId: transaction.clientId,
      clientName: transaction.decisionInput.client.name,
      ip: context.ip,
      userAgent: context.userAgent,
      details: { transaction_id: transaction.id, ...event.details },
    });
  }
}
