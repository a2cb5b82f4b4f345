import type { Clock } from '../../config/clock.ts';
import type { RequestContext } from '../../config/requestContext.ts';
import { newId } from '../../crypto/ids.ts';
import { randomToken } from '../../crypto/random.ts';
import type { Vault } from '../../crypto/vault.ts';
import type { Db } from '../../database/database.ts';
import type { TenantSettings } from '../../tenant/tenantSettings.ts';
import type { DecisionInput } from '../transaction.ts';
import type { BrowserView } from './browserDesk.ts';
import { rememberDays } from './rememberDays.ts';

const day = 24 * 60 * 60 * 1000;

/** Whose cookie it is said to be, and the application that asks. */
type Bearer = Pick<DecisionInput, 'userId' | 'client' | 'browserToken'>;

/** Browsers in which a person asked not to be asked again: a random cookie each, stored hashed (S-77). */
export class RememberedBrowsers {
  readonly #vault: Vault;
  readonly #clock: Clock;

  constructor(vault: Vault, clock: Clock) {
    this.#vault = vault;
    this.#clock = clock;
  }

  /** @returns the cookie's value, and when it ends at the latest (epoch ms). */
  async remember(
    trx: Db,
    settings: TenantSettings,
    { userId, client }: Pick<Bearer, 'userId' | 'client'>,
    context: RequestContext,
  ): Promise<{ token: string; expiresAt: number }> {
    const now = this.#clock();
    const token = randomToken();
    const expiresAt = now + rememberDays(settings, client) * day;
    await trx
      .insertInto('remembered_browsers')
      .values({
        id: newId('rbr', this.#clock),
        user_id: userId,
        client_id: client.id,
        token_hash: this.#hash(token),
        ip: context.ip,
        user_agent: context.userAgent,
        created_at: now,
        last_used_at: now,
        expires_at: expiresAt,
      })
      .execute();
    return { token, expiresAt };
  }

  /**
   * Whether this cookie is this user's, not expired and not left idle too long. Where it was given and the
   * application that asks may set different times: the shorter one holds.
   */
  async recognises(
    db: Db,
    settings: TenantSettings,
    { userId, client, browserToken }: Bearer,
  ): Promise<boolean> {
    const days = rememberDays(settings, client);
    if (browserToken === undefined || days === 0) return false;
    const now = this.#clock();
    const row = await db
      .selectFrom('remembered_browsers')
      .select('id')
      .where('token_hash', '=', this.#hash(browserToken))
      .where('user_id', '=', userId)
      .where('expires_at', '>', now)
      .where('created_at', '>', now - days * day)
      .where('last_used_at', '>', now - settings.rememberBrowser.idleDays * day)
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Those that would still be recognised in the applications where they were remembered, latest used first. */
  async ofUser(db: Db, settings: TenantSettings, userId: string): Promise<BrowserView[]> {
    if (!settings.rememberBrowser.enabled) return [];
    const now = this.#clock();
    const rows = await db
      .selectFrom('remembered_browsers')
      .leftJoin('clients', 'clients.client_id', 'remembered_browsers.client_id')
      .select([
        'remembered_browsers.id',
        'remembered_browsers.client_id',
        'clients.name as client_name',
        'remembered_browsers.ip',
        'remembered_browsers.user_agent',
        'remembered_browsers.created_at',
        'remembered_browsers.last_used_at',
        'remembered_browsers.expires_at',
      ])
      .where('remembered_browsers.user_id', '=', userId)
      .where('remembered_browsers.expires_at', '>', now)
      .where('remembered_browsers.last_used_at', '>', now - settings.rememberBrowser.idleDays * day)
      .orderBy('remembered_browsers.last_used_at', 'desc')
      .execute();
    return rows.map((row) => ({
      id: row.id,
      ...(row.client_id === null || row.client_name === null
        ? {}
        : { client: { id: row.client_id, name: row.client_name } }),
      ip: row.ip,
      userAgent: row.user_agent,
      createdAt: row.created_at,
      lastUsedAt: row.last_used_at,
      expiresAt: row.expires_at,
    }));
  }

  /** Starts the idle period anew, once a login used it. */
  async touch(trx: Db, userId: string, token: string): Promise<void> {
    await trx
      .updateTable('remembered_browsers')
      .set({ last_used_at: this.#clock() })
      .where('token_hash', '=', this.#hash(token))
      .where('user_id', '=', userId)
      .execute();
  }

  /** @returns whether this person had this one */
  async forget(trx: Db, userId: string, id: string): Promise<boolean> {
    const { numDeletedRows } = await trx
      .deleteFrom('remembered_browsers')
      .where('user_id', '=', userId)
      .where('id', '=', id)
      .executeTakeFirst();
    return numDeletedRows === 1n;
  }

  /**
   * After a removed or reset factor, a changed password, a lock on second factors, a denied request, or on
   * request (S-46).
   */
  async forgetAll(trx: Db, userId: string): Promise<void> {
    await trx.deleteFrom('remembered_browsers').where('user_id', '=', userId).execute();
  }

  #hash(token: string): string {
    return this.#vault.hash(token, 'remembered-browser');
  }
}
