import type { Selectable } from 'kysely';
import type { Clock } from '../config/clock.ts';
import type { RequestContext } from '../config/requestContext.ts';
import type { Db } from '../database/database.ts';
import type { SessionsTable } from '../database/schema.ts';
import type { Proof } from '../mfa/transaction.ts';
import type { TenantSettings } from '../tenant/tenantSettings.ts';

/** Who signed in to a browser session, when, and by which proofs. */
export interface LoginSession {
  /** oidc-provider's `uid` of the session; stays the same while the cookie changes. */
  uid: string;
  userId: string;
  proofs: Proof[];
  /** The sign-in, epoch milliseconds; a step-up doesn't move it. */
  loginAt: number;
  lastUsedAt: number;
}

const minute = 60_000;

/**
 * The authoritative half of a session. oidc-provider keeps the cookie's record and may write it back
 * after it was ended by another request; without its row here a session counts for nothing.
 */
export class SessionStore {
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The session, unless it was ended or left idle or grew too old by the settings in force (S-78). */
  async find(db: Db, uid: string, settings: TenantSettings): Promise<LoginSession | undefined> {
    const row = await db.selectFrom('sessions').selectAll().where('uid', '=', uid).executeTakeFirst();
    if (!row) return undefined;
    const session = read(row);
    return this.#clock() < endOf(session, settings) ? session : undefined;
  }

  /** Records a sign-in, or a step-up of the same one: its proofs join those that were there. */
  async record(
    trx: Db,
    session: Omit<LoginSession, 'lastUsedAt'>,
    settings: TenantSettings,
    context: RequestContext,
  ): Promise<void> {
    const now = this.#clock();
    const row = await trx
      .selectFrom('sessions')
      .selectAll()
      .where('uid', '=', session.uid)
      .executeTakeFirst();
    const isSameLogin = row?.user_id === session.userId && row.created_at === session.loginAt;
    const proofs = isSameLogin ? union(read(row).proofs, session.proofs) : session.proofs;
    const changed = {
      user_id: session.userId,
      proofs: JSON.stringify(proofs),
      ip: context.ip,
      user_agent: context.userAgent,
      created_at: session.loginAt,
      updated_at: now,
      expires_at: endOf({ ...session, lastUsedAt: now }, settings),
    };
    await trx
      .insertInto('sessions')
      .values({ uid: session.uid, ...changed })
      .onConflict((conflict) => conflict.column('uid').doUpdateSet(changed))
      .execute();
  }

  /** Starts the idle time anew. A session that was ended meanwhile stays ended. */
  async touch(trx: Db, session: LoginSession, settings: TenantSettings): Promise<void> {
    const now = this.#clock();
    await trx
      .updateTable('sessions')
      .set({ updated_at: now, expires_at: endOf({ ...session, lastUsedAt: now }, settings) })
      .where('uid', '=', session.uid)
      .execute();
  }

  async end(trx: Db, uid: string): Promise<void> {
    await trx.deleteFrom('sessions').where('uid', '=', uid).execute();
    await trx.deleteFrom('oidc_records').where('model', '=', 'Session').where('uid', '=', uid).execute();
  }
}

/** When a session ends, epoch milliseconds: after idling, or so long after the sign-in. */
export function endOf(
  { loginAt, lastUsedAt }: Pick<LoginSession, 'loginAt' | 'lastUsedAt'>,
  { session }: TenantSettings,
): number {
  return Math.min(lastUsedAt + session.idleMinutes * minute, loginAt + session.absoluteMinutes * minute);
}

/**
 * Both lists, each factor's method once with its latest time, in the order they were first given. What somebody
 * signed in by without a password stays that when it is proved again, and nothing waived replaces a proof.
 */
export function union(before: readonly Proof[], added: readonly Proof[]): Proof[] {
  const all = new Map<string, Proof>();
  for (const proof of [...before, ...added]) {
    const key = [proof.factor, proof.methodId, proof.isWaived].join('\0');
    const earlier = all.get(key);
    const latest = earlier && earlier.at > proof.at ? earlier : proof;
    all.set(key, earlier?.isSignIn ? { ...latest, isSignIn: true } : latest);
  }
  return [...all.values()];
}

function read(row: Selectable<SessionsTable>): LoginSession {
  return {
    uid: row.uid,
    userId: row.user_id,
    proofs: JSON.parse(row.proofs) as Proof[],
    loginAt: row.created_at,
    lastUsedAt: row.updated_at,
  };
}
