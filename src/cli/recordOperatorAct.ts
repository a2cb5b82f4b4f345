import { userInfo } from 'node:os';
import type { Clock } from '../config/clock.ts';
import type { Db } from '../database/database.ts';
import { recordEvent } from '../logs/tenantLog.ts';

/** What was done to what, without secrets. */
export interface OperatorAct {
  /** As in "Create a client". */
  description: string;
  clientId?: string;
  userId?: string;
  /** Identifier of the API concerned. */
  audience?: string;
  details?: Record<string, unknown>;
}

/** The one who acts at the command line: whoever the operating system says runs it. */
export function operatorAtCommandLine(): string {
  return `${userInfo().username} (command line)`;
}

/** Logs the act with its actor (S-108). Pass the transaction of the act itself. */
export function recordOperatorAct(trx: Db, clock: Clock, act: OperatorAct): Promise<void> {
  return recordEvent(trx, clock, {
    type: 'sapi',
    ...act,
    details: { ...act.details, actor: operatorAtCommandLine() },
  });
}
