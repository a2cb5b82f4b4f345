import type { Clock } from '../config/clock.ts';
import { newId } from '../crypto/ids.ts';
import { randomToken } from '../crypto/random.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../database/database.ts';

/** What a one-time link is for; one kind never passes as another. */
export type TicketKind = 'email-verification' | 'password-reset' | 'operator-invitation' | 'enrolment';

/** What a link is still good for. A void one is unknown. */
export type TicketStanding = 'valid' | 'used' | 'expired' | 'unknown';

/** A ticket that is or was just valid. */
export interface Ticket {
  id: string;
  kind: TicketKind;
  userId: string;
  /** What was put in when it was made. */
  data: unknown;
  createdAt: number;
  expiresAt: number;
}

export interface TicketParts {
  vault: Vault;
  clock: Clock;
}

/**
 * Makes a one-time link's secret, 256 random bits as base64url; only its keyed hash is stored. It voids
 * every older ticket of this kind for this user (S-67). Runs inside the caller's transaction.
 *
 * @param ticket `data` must survive JSON; it is sealed.
 */
export async function issueTicket(
  trx: Db,
  { vault, clock }: TicketParts,
  ticket: { kind: TicketKind; userId: string; lifetimeSeconds: number; data?: unknown },
): Promise<string> {
  await voidTickets(trx, ticket.userId, ticket.kind);
  const id = newId('tkt', clock);
  const token = randomToken();
  await trx
    .insertInto('tickets')
    .values({
      id,
      kind: ticket.kind,
      user_id: ticket.userId,
      token_hash: hashOf(vault, ticket.kind, token),
      data_encrypted: vault.encrypt(JSON.stringify(ticket.data ?? null), dataContext(id)),
      created_at: clock(),
      expires_at: clock() + ticket.lifetimeSeconds * 1000,
      used_at: null,
    })
    .execute();
  return token;
}

/** The ticket, if it still works, without using it up: to decide what page to show. */
export async function findTicket(
  db: Db,
  parts: TicketParts,
  kind: TicketKind,
  token: string,
): Promise<Ticket | undefined> {
  const judged = await judgeTicket(db, parts, kind, token);
  return judged.standing === 'valid' ? judged.ticket : undefined;
}

/** Likewise, with why it works no more. */
export async function judgeTicket(
  db: Db,
  { vault, clock }: TicketParts,
  kind: TicketKind,
  token: string,
): Promise<
  { standing: 'valid'; ticket: Ticket } | { standing: Exclude<TicketStanding, 'valid'>; ticket?: never }
> {
  const row = await db
    .selectFrom('tickets')
    .selectAll()
    .where('token_hash', '=', hashOf(vault, kind, token))
    .where('kind', '=', kind)
    .executeTakeFirst();
  if (!row) return { standing: 'unknown' };
  if (row.used_at !== null) return { standing: 'used' };
  if (row.expires_at <= clock()) return { standing: 'expired' };
  return { standing: 'valid', ticket: toTicket(vault, row) };
}

/**
 * Uses the ticket up and returns it, or undefined when it is unknown, used, void or expired. One
 * conditional update: of two at the same time one gets it.
 */
export async function consumeTicket(
  trx: Db,
  { vault, clock }: TicketParts,
  kind: TicketKind,
  token: string,
): Promise<Ticket | undefined> {
  const row = await trx
    .updateTable('tickets')
    .set({ used_at: clock() })
    .where('token_hash', '=', hashOf(vault, kind, token))
    .where('kind', '=', kind)
    .where('used_at', 'is', null)
    .where('expires_at', '>', clock())
    .returningAll()
    .executeTakeFirst();
  return row && toTicket(vault, row);
}

/** Likewise, by the id of one that was looked up before; tells whether it was still there to use. */
export async function consumeTicketById(
  trx: Db,
  { clock }: Pick<TicketParts, 'clock'>,
  { kind, id, userId }: Pick<Ticket, 'kind' | 'id' | 'userId'>,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('tickets')
    .set({ used_at: clock() })
    .where('id', '=', id)
    .where('kind', '=', kind)
    .where('user_id', '=', userId)
    .where('used_at', 'is', null)
    .where('expires_at', '>', clock())
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Makes the unused tickets of one kind for one user useless. */
export async function voidTickets(trx: Db, userId: string, kind: TicketKind): Promise<void> {
  await trx
    .deleteFrom('tickets')
    .where('user_id', '=', userId)
    .where('kind', '=', kind)
    .where('used_at', 'is', null)
    .execute();
}

interface Row {
  id: string;
  kind: string;
  user_id: string;
  data_encrypted: string;
  created_at: number;
  expires_at: number;
}

function toTicket(vault: Vault, row: Row): Ticket {
  return {
    id: row.id,
    kind: row.kind as TicketKind,
    userId: row.user_id,
    data: JSON.parse(vault.decrypt(row.data_encrypted, dataContext(row.id))),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}

function hashOf(vault: Vault, kind: TicketKind, token: string): string {
  return vault.hash(token, `ticket:${kind}`);
}

function dataContext(id: string): string {
  return `tickets.data_encrypted:${id}`;
}
