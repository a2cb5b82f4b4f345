import type { Clock } from '../config/clock.ts';
import type { RequestContext } from '../config/requestContext.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Database, Db } from '../database/database.ts';
import type { CodePurpose } from '../delivery/codePurpose.ts';
import { recordEvent, type TenantEvent } from '../logs/tenantLog.ts';
import type { OutboundClient } from '../outbound/outboundClient.ts';
import { readTenantSettings, type TenantSettings } from '../tenant/tenantSettings.ts';
import { RememberedBrowsers } from './browsers/rememberedBrowsers.ts';
import { ChallengeStore } from './challenges.ts';
import { DeviceRequestStore } from './devices/deviceRequests.ts';
import type { Factor, FactorContext, OutgoingCode, OutgoingPush } from './factor.ts';
import { withImplicit } from './implicitMethods.ts';
import { type AuthenticationMethod, MethodStore } from './methods.ts';
import type { FactorRegistry } from './registry.ts';
import { unsealSetting } from './settings/secretSettings.ts';
import { type StoredTransaction, TransactionStore } from './transactions.ts';
import { ChangeStore } from './undo/changeStore.ts';

/** What the engine needs to know of a user. */
export interface EngineUser {
  id: string;
  email: string;
  emailVerified: boolean;
  connection: string;
  blocked: boolean;
  /** Epoch milliseconds. */
  createdAt: number;
  /** The password was chosen by a link sent to the address, and no other factor was proved since (S-32). */
  isPasswordByMail: boolean;
  /** Proofs given earlier count for nothing, epoch milliseconds. */
  proofsVoidBefore: number;
  /** As `provedAddress` makes it; absent until everything was proved once. */
  provedAddress?: string;
  /** Name of the factor that they want to be asked for first. */
  preferredFactor?: string;
}

/** A message to the person by another channel than the one just used (S-24, S-45). */
export type Notice = { user: EngineUser; context: RequestContext } & (
  | {
      template: 'mfa_enrolled' | 'mfa_removed';
      factor: Factor;
      isByOperator?: true;
      /** Secret of the link by which the person undoes it; absent where they can't. */
      undoTicket?: string;
    }
  | { template: 'mfa_reset' }
  /** `remaining` of several codes; absent where the one used was replaced. */
  | { template: 'recovery_code_used' | 'temporary_pass_used'; remaining?: number }
  | { template: 'temporary_pass_issued'; undoTicket: string }
  /** The person undid a change that wasn't theirs; the message brings the link for a new password. */
  | { template: 'mfa_change_undone'; path: string; lifetimeSeconds: number }
  | { template: 'failed_second_factors'; failures: number }
  /** A link by which they set up a second factor; `to` is another address than the account's. */
  | { template: 'enrollment_email'; path: string; lifetimeSeconds: number; to?: string }
  /** The person says that the sign-in to this application isn't theirs; `context` is that of whoever asked. */
  | { template: 'push_denied'; client: { name: string } }
);

/** A code to send, with all that its message tells. */
export interface CodeToSend extends OutgoingCode {
  purpose: CodePurpose;
  /** At most one message leaves for each challenge. */
  challengeId: string;
  userId: string;
  client: { id: string; name: string };
  context: RequestContext;
}

/** A request to a device, with all that its person should see before they answer. */
export interface PushToSend extends OutgoingPush {
  /** At most one message leaves for each challenge. */
  challengeId: string;
  userId: string;
  methodId: string;
  /** `dev_…`. */
  deviceId: string;
  /** Bearer by which the device answers. */
  requestToken: string;
  /** Public name of the request: `cns_…`. */
  consentId: string;
  client: { id: string; name: string };
  /** Of whoever asked. */
  context: RequestContext;
  /** Epoch milliseconds; a message that hasn't left by `expiresAt` is dropped. */
  createdAt: number;
  expiresAt: number;
}

/** What the engine is built from. */
export interface EngineDependencies {
  database: Database;
  vault: Vault;
  clock: Clock;
  registry: FactorRegistry;
  /** Of the hosted pages: `https://login.example.com`. */
  origin: string;
  /** Reads inside the engine's transaction, never from a cache. */
  findUser(db: Db, userId: string): Promise<EngineUser | undefined>;
  /** Counts a login that a token grant completed, in the engine's transaction. */
  recordLogin(trx: Db, userId: string): Promise<void>;
  /** Queues a message in the engine's transaction. */
  notify(trx: Db, notice: Notice): Promise<void>;
  /** Queues a code in the engine's transaction. */
  sendCode(trx: Db, code: CodeToSend): Promise<void>;
  /** Queues a request to a device in the engine's transaction. */
  sendPush(trx: Db, push: PushToSend): Promise<void>;
  /** Another factor than the mailbox was proved, in the engine's transaction (S-32). */
  vouchForPassword(trx: Db, userId: string): Promise<void>;
  /** All that was asked for was proved from another address than the last time, in the engine's transaction. */
  noteProvedAddress(trx: Db, userId: string, address: string): Promise<void>;
  /** Called after a commit that may have queued a code or a request. */
  afterSending(): void;
  /** The guarded way out to a service that people are sent to (S-92), trusting these authorities (PEM) alone. */
  connect(authorities: string): OutboundClient;
}

/** The engine's shared parts, and what nearly every step begins with. */
export class EngineParts {
  readonly database: Database;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly registry: FactorRegistry;
  readonly origin: string;
  readonly transactions: TransactionStore;
  readonly methods: MethodStore;
  readonly changes: ChangeStore;
  readonly challenges: ChallengeStore;
  readonly deviceRequests: DeviceRequestStore;
  readonly browsers: RememberedBrowsers;
  readonly findUser: EngineDependencies['findUser'];
  readonly recordLogin: EngineDependencies['recordLogin'];
  readonly notify: EngineDependencies['notify'];
  readonly sendCode: EngineDependencies['sendCode'];
  readonly sendPush: EngineDependencies['sendPush'];
  readonly vouchForPassword: EngineDependencies['vouchForPassword'];
  readonly noteProvedAddress: EngineDependencies['noteProvedAddress'];
  readonly afterSending: EngineDependencies['afterSending'];
  readonly connect: EngineDependencies['connect'];

  constructor(dependencies: EngineDependencies) {
    const { database, vault, clock, registry } = dependencies;
    this.database = database;
    this.vault = vault;
    this.clock = clock;
    this.registry = registry;
    this.origin = dependencies.origin;
    this.findUser = dependencies.findUser;
    this.recordLogin = dependencies.recordLogin;
    this.notify = dependencies.notify;
    this.sendCode = dependencies.sendCode;
    this.sendPush = dependencies.sendPush;
    this.vouchForPassword = dependencies.vouchForPassword;
    this.noteProvedAddress = dependencies.noteProvedAddress;
    this.afterSending = dependencies.afterSending;
    this.connect = dependencies.connect;
    this.changes = new ChangeStore(vault, clock);
    this.challenges = new ChallengeStore(vault, clock);
    this.deviceRequests = new DeviceRequestStore(vault, clock);
    this.transactions = new TransactionStore(vault, clock);
    this.methods = new MethodStore(vault);
    this.browsers = new RememberedBrowsers(vault, clock);
  }

  settings(db: Db): Promise<TenantSettings> {
    return readTenantSettings(db);
  }

  /** All of a person's methods: those enrolled, while they last, and those that need no enrolment. */
  async methodsOf(db: Db, user: EngineUser, settings: TenantSettings): Promise<AuthenticationMethod[]> {
    const stored = await this.methods.ofUser(db, user.id);
    const enrolled = stored.filter(({ factor, state }) => {
      const handedOut = this.registry.get(factor)?.handedOut;
      return !handedOut || handedOut.endsAt(state) > this.clock();
    });
    return withImplicit(this.registry.enabled(settings), this.vault, user, enrolled);
  }

  factorContext(
    trx: Db,
    factor: Factor,
    settings: TenantSettings,
    user: EngineUser,
    context?: RequestContext,
  ): FactorContext {
    return {
      clock: this.clock,
      db: trx,
      user: { id: user.id, email: user.email, emailVerified: user.emailVerified },
      issuer: settings.friendlyName,
      origin: this.origin,
      ...(context?.userAgent === undefined ? {} : { userAgent: context.userAgent }),
      ...(context?.language === undefined ? {} : { language: context.language }),
      settings: this.registry.settingsOf(factor, settings),
      hash: (value) => this.vault.hash(value, `factor:${factor.name}`),
      unseal: (sealed) => unsealSetting(this.vault, factor.name, sealed),
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
