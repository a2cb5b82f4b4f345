import type { Selectable } from 'kysely';
import type { Db } from '../database/database.ts';
import type { LogsTable } from '../database/schema.ts';
import { firstIdAt } from './firstIdAt.ts';
import type { TenantEvent } from './tenantLog.ts';

/** An event as it stands in the log. */
export interface LoggedEvent extends TenantEvent {
  id: string;
  /** Epoch milliseconds. */
  date: number;
  description: string;
  details: Record<string, unknown>;
}

/** Which events are wanted; every member narrows. */
export interface LogFilter {
  /** Event type code. */
  type?: string | undefined;
  /** Events about any of these people. */
  userIds?: readonly string[];
  /** Events that name a person so: for addresses that have no account. */
  userName?: string | undefined;
  /** Only events before this one. */
  beforeId?: string | undefined;
}

/** The newest events that the filter lets through, newest first. */
export async function readLog(
  db: Db,
  { type, userIds, userName, beforeId }: LogFilter,
  limit: number,
): Promise<LoggedEvent[]> {
  const rows = await events(db)
    .$if(type !== undefined, (query) => query.where('type', '=', type as string))
    .$if(userIds !== undefined, (query) => query.where('user_id', 'in', userIds as string[]))
    .$if(userName !== undefined, (query) => query.where('user_name', '=', userName as string))
    .$if(beforeId !== undefined, (query) => query.where('log_id', '<', beforeId as string))
    .orderBy('log_id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toEvent);
}

export async function findEvent(db: Db, id: string): Promise<LoggedEvent | undefined> {
  const row = await events(db).where('log_id', '=', id).executeTakeFirst();
  return row && toEvent(row);
}

/** Each with its application's present name, for events that were written with an id only. */
function events(db: Db) {
  return db
    .selectFrom('logs')
    .leftJoin('clients', 'clients.client_id', 'logs.client_id')
    .selectAll('logs')
    .select('clients.name as present_client_name');
}

/** How often each type occurs among the events since a time. */
export interface EventCounts {
  byType: Readonly<Record<string, number>>;
  /** Whether there were more events than were looked at: the counts are then the least there can be. */
  isPartial: boolean;
}

/** Bounded, since a busy day has more events than a page should wait for. */
const mostCounted = 100_000;

/** Counts the latest events since a time, epoch milliseconds. */
export async function countEventsSince(db: Db, since: number): Promise<EventCounts> {
  const rows = await db
    .selectFrom((eb) =>
      eb
        .selectFrom('logs')
        .select('type')
        .where('log_id', '>=', firstIdAt(since))
        .orderBy('log_id', 'desc')
        .limit(mostCounted)
        .as('latest'),
    )
    .select(['type', (eb) => eb.fn.countAll<number>().as('events')])
    .groupBy('type')
    .execute();
  const total = rows.reduce((sum, { events }) => sum + events, 0);
  return {
    byType: Object.fromEntries(rows.map(({ type, events }) => [type, events])),
    isPartial: total >= mostCounted,
  };
}

function toEvent(row: Selectable<LogsTable> & { present_client_name: string | null }): LoggedEvent {
  const clientName = row.client_name ?? row.present_client_name;
  return {
    id: row.log_id,
    date: row.date,
    type: row.type,
    description: row.description ?? '',
    ...(row.user_id !== null && { userId: row.user_id }),
    ...(row.user_name !== null && { userName: row.user_name }),
    ...(row.client_id !== null && { clientId: row.client_id }),
    ...(clientName !== null && { clientName }),
    ...(row.connection !== null && { connection: row.connection }),
    ...(row.ip !== null && { ip: row.ip }),
    ...(row.user_agent !== null && { userAgent: row.user_agent }),
    ...(row.audience !== null && { audience: row.audience }),
    ...(row.scope !== null && { scope: row.scope }),
    details: JSON.parse(row.details) as Record<string, unknown>,
  };
}
