import type { Selectable } from 'kysely';
import type { Clock } from '../config/clock.ts';
import { newId } from '../crypto/ids.ts';
import type { Db } from '../database/database.ts';
import type { LogsTable } from '../database/schema.ts';
import { statement } from '../database/statement.ts';
import { describeEvent } from './eventTypes.ts';

/**
 * One line of the tenant log. `type` is one of Auth0's event type codes. Nothing here may hold a code,
 * a secret, a token or a full telephone number (S-105).
 */
export interface TenantEvent {
  type: string;
  /** The code's general meaning when absent. */
  description?: string;
  userId?: string;
  userName?: string;
  clientId?: string;
  clientName?: string;
  connection?: string;
  ip?: string;
  userAgent?: string;
  audience?: string;
  scope?: string;
  details?: Record<string, unknown>;
}

const longestText = 1024;

const append = statement((db, row: Selectable<LogsTable>) => db.insertInto('logs').values(row));

/** Appends an event; pass the transaction of the outcome it tells of, so that neither stands alone. */
export async function recordEvent(db: Db, clock: Clock, event: TenantEvent): Promise<void> {
  await append.run(db, {
    log_id: newId('log', clock),
    date: clock(),
    type: event.type,
    description: bounded(event.description ?? describeEvent(event.type)),
    user_id: event.userId ?? null,
    user_name: bounded(event.userName),
    client_id: event.clientId ?? null,
    client_name: bounded(event.clientName),
    connection: event.connection ?? null,
    ip: event.ip ?? null,
    user_agent: bounded(event.userAgent),
    audience: bounded(event.audience),
    scope: bounded(event.scope),
    details: JSON.stringify(event.details ?? {}),
  });
}

function bounded(text: string | undefined): string | null {
  return text === undefined ? null : text.slice(0, longestText);
}
