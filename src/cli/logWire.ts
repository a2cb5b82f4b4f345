import type { LoggedEvent } from '../logs/readLog.ts';

/** An event with the names of the log of Auth0's Management API. */
export interface WireEvent {
  log_id: string;
  /** ISO 8601. */
  date: string;
  type: string;
  description: string;
  user_id?: string;
  user_name?: string;
  client_id?: string;
  client_name?: string;
  connection?: string;
  ip?: string;
  user_agent?: string;
  audience?: string;
  scope?: string;
  details: Record<string, unknown>;
}

export function toWireEvent({ id, date, details, ...event }: LoggedEvent): WireEvent {
  return {
    log_id: id,
    date: new Date(date).toISOString(),
    type: event.type,
    description: event.description,
    ...(event.userId !== undefined && { user_id: event.userId }),
    ...(event.userName !== undefined && { user_name: event.userName }),
    ...(event.clientId !== undefined && { client_id: event.clientId }),
    ...(event.clientName !== undefined && { client_name: event.clientName }),
    ...(event.connection !== undefined && { connection: event.connection }),
    ...(event.ip !== undefined && { ip: event.ip }),
    ...(event.userAgent !== undefined && { user_agent: event.userAgent }),
    ...(event.audience !== undefined && { audience: event.audience }),
    ...(event.scope !== undefined && { scope: event.scope }),
    details,
  };
}
