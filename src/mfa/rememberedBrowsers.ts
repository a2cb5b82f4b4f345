import type { Clock } from '../config/clock.ts';
import type { RequestContext } from '../config/requestContext.ts';
import { newId } from '../crypto/ids.ts';
import { randomToken } from '../crypto/random.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../database/database.ts';
import type { TenantSettings } from '../tenant/tenantSettings.ts';

const day = 24 * 60 * 60 * 1000;

/** A remembered browser as its person, or an operator, may see it. Times are epoch milliseconds. */
export interface BrowserView {
  id: string;
  /** Where it was when it was remembered. */
  ip: string;
  userAgent: string;
  createdAt: number;
  lastUsedAt: number;
  expiresAt: number;
}

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
    userId: string,
    context: RequestContext,
  ): Promise<{ token: string; expiresAt: number }> {
    const now = this.#clock();
    const token = randomToken();
    const expiresAt = now + settings.rememberBrowser.absoluteDays * day;
    await trx
      .insertInto('remembered_browsers')
      .values({
        id: newId('rbr', this.#clock),
        user_id: userId,
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

  /** Whether this cookie is this user's, not expired and not left idle too long. */
  async recognises(
    db: Db,
    settings: TenantSettings,
    userId: string,
    token: string | undefined,
  ): Promise<boolean> {
    if (token === undefined || !settings.rememberBrowser.enabled) return false;
    const now = this.#clock();
    const row = await db
      .selectFrom('remembered_browsers')
      .select('id')
      .where('token_hash', '=', this.#hash(token))
      .where('user_id', '=', userId)
      .where('expires_at', '>', now)
      .where('last_used_at', '>', now - settings.rememberBrowser.idleDays * day)
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Those that would still be recognised, latest used first. */
  async ofUser(db: Db, settings: TenantSettings, userId: string): Promise<BrowserView[]> {
    if (!settings.rememberBrowser.enabled) return [];
    const now = this.#clock();
    const rows = await db
      .selectFrom('remembered_browsers')
      .select(['id', 'ip', 'user_agent', 'created_at', 'last_used_at', 'expires_at'])
      .where('user_id', '=', userId)
      .where('expires_at', '>', now)
      .where('last_used_at', '>', now - settings.rememberBrowser.idleDays * day)
      .orderBy('last_used_at', 'desc')
      .execute();
    return rows.map((row) => ({
      id: row.id,
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

  /** After a removed or reset factor, a changed password, or on request (S-46). */
  async forgetAll(trx: Db, userId: string): Promise<void> {
    await trx.deleteFrom('remembered_browsers').where('user_id', '=', userId).execute();
  }

  #hash(token: string): string {
    return this.#vault.hash(token, 'remembered-browser');
  }
}
