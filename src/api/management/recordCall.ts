import type { Clock } from '../../config/clock.ts';
import type { Db } from '../../database/database.ts';
import { recordEvent, type TenantEvent } from '../../logs/tenantLog.ts';
import type { Actor } from '../../mfa/userAct.ts';
import type { Asked } from './call.ts';

/** Who acts here, as the engine's acts and the log name them. */
export function actorOf({ client }: Pick<Asked, 'client'>): Actor {
  return { kind: 'application', id: client.clientId };
}

/** What was changed, in words for the log. */
export type Change = Pick<TenantEvent, 'userId' | 'userName' | 'connection' | 'audience' | 'details'> & {
  /** As in "Set the policy". */
  description: string;
};

/** Logs a change with the application that made it (S-108). Pass the transaction of the change itself. */
export function recordCall(
  trx: Db,
  { clock }: { clock: Clock },
  { client, context }: Pick<Asked, 'client' | 'context'>,
  change: Change,
): Promise<void> {
  return recordEvent(trx, clock, {
    type: 'sapi',
    ...change,
    clientId: client.clientId,
    clientName: client.name,
    ip: context.ip,
    userAgent: context.userAgent,
    details: { ...change.details, actor: client.clientId },
  });
}
