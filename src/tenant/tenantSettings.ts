import type { Db } from '../database/database.ts';
import { statement } from '../database/statement.ts';

/** What an operator decides for the whole tenant. Read anew at every request: a change counts at once (S-38). */
export interface TenantSettings {
  /** Shown on pages, in messages and as the issuer in authenticator apps. */
  friendlyName: string;
  supportEmail?: string;
  supportUrl?: string;
  /** BCP 47 tags; the first is the default. */
  enabledLocales: string[];
  /** By the factor's Management API name. `settings` has the shape the factor declares. */
  factors: Record<string, { enabled: boolean; settings?: unknown }>;
  /** Whether a second factor is asked for at each login; an application may override it. */
  policy: 'never' | 'always';
  /**
   * Whether nothing but phishing-resistant factors meets a demand for a second one. Who has none answers
   * with what they have and enrols one.
   */
  phishingResistantOnly: boolean;
  /** Whether a WebAuthn credential that verifies its user signs them in by itself, as both factors. */
  passkeySignIn: boolean;
  /** Idle and absolute life of a login session, minutes. */
  session: { idleMinutes: number; absoluteMinutes: number };
  /** `isTicked`: whether the box for it is at first; it isn't when absent. */
  rememberBrowser: { enabled: boolean; isTicked?: boolean; idleDays: number; absoluteDays: number };
  /**
   * For how long a second factor counts in the session and for the refresh tokens that it was given for, minutes;
   * as long as those live when absent or 0. An application may say otherwise.
   */
  proofMinutes?: number;
  /** Whether enrolment starts with the list of factors instead of the strongest one. */
  showFactorListOnEnrolment: boolean;
  /**
   * Whether `POST /dbconnections/signup` answers `user_exists` for the address of an account, and thereby
   * tells strangers who has one (Auth0's flag `enable_public_signup_user_exists_error`; docs/adr/0030).
   */
  publicSignupUserExistsError: boolean;
  /** The connection that the `password` grant uses when no realm is named. */
  defaultDirectory: string;
  /** Failed second factors in a row that lock, and the length in minutes of the first, second, … lock. */
  secondFactorLock: { failures: number; minutes: number[] };
  /** Events of the tenant log are deleted when they are older. */
  logRetentionDays: number;
}

/** What a fresh tenant starts with. */
export const defaultTenantSettings: TenantSettings = {
  friendlyName: 'Countersign',
  enabledLocales: ['en', 'de', 'es', 'fr', 'pt', 'ja'],
  factors: { otp: { enabled: true }, 'recovery-code': { enabled: true } },
  policy: 'never',
  phishingResistantOnly: false,
  passkeySignIn: false,
  session: { idleMinutes: 3 * 24 * 60, absoluteMinutes: 7 * 24 * 60 },
  rememberBrowser: { enabled: true, idleDays: 7, absoluteDays: 30 },
  showFactorListOnEnrolment: false,
  publicSignupUserExistsError: false,
  defaultDirectory: 'Username-Password-Authentication',
  secondFactorLock: { failures: 10, minutes: [15, 30, 60, 24 * 60] },
  logRetentionDays: 90,
};

const stored = statement((db) =>
  db.selectFrom('tenant_settings').select('settings').where('id', '=', 'tenant'),
);

/** The settings in force; members that were never set have their defaults. */
export async function readTenantSettings(db: Db): Promise<TenantSettings> {
  const row = await stored.first(db, {});
  return { ...defaultTenantSettings, ...(row ? (JSON.parse(row.settings) as Partial<TenantSettings>) : {}) };
}

/**
 * Changes the settings, inside the caller's transaction. Other changes wait until that ends, so that no two
 * undo each other; what `change` throws leaves everything as it was.
 */
export async function updateTenantSettings(
  trx: Db,
  now: number,
  change: (settings: TenantSettings) => TenantSettings,
): Promise<TenantSettings> {
  // Written before it is read: this takes the row's lock, which a plain read doesn't on PostgreSQL.
  await trx
    .insertInto('tenant_settings')
    .values({ id: 'tenant', settings: '{}', updated_at: now })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ updated_at: now }))
    .execute();
  const changed = change(await readTenantSettings(trx));
  await trx
    .updateTable('tenant_settings')
    .set({ settings: JSON.stringify(changed) })
    .where('id', '=', 'tenant')
    .execute();
  return changed;
}
