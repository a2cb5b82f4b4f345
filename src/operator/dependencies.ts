import type { Accounts } from '../accounts/accounts.ts';
import type { Clock } from '../config/clock.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../database/database.ts';
import type { Channel } from '../delivery/channel.ts';
import type { DefaultWay } from '../delivery/settingRoutes.ts';
import type { MfaEngine } from '../mfa/engine.ts';

/** What the operator console needs from below. */
export interface ConsoleDependencies {
  /** Public origin with a trailing slash (S-85). */
  readonly publicUrl: string;
  readonly database: Database;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly engine: MfaEngine;
  /** Where messages of a channel go while no provider is stored for it. */
  readonly defaultWay: (channel: Channel) => DefaultWay;
  readonly accounts: Pick<
    Accounts,
    'acceptInvitation' | 'findInvited' | 'sendPasswordReset' | 'afterQueueing'
  >;
}
