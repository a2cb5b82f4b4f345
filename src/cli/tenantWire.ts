import type { TenantSettings } from '../tenant/tenantSettings.ts';

/** The tenant's settings with the names of Auth0's `/tenants/settings`, and names like them for what it lacks. */
export interface WireTenant {
  friendly_name: string;
  support_email?: string;
  support_url?: string;
  enabled_locales: string[];
  idle_session_lifetime_in_minutes: number;
  session_lifetime_in_minutes: number;
  /** 0 without an end of its own. */
  second_factor_lifetime_in_minutes: number;
  remember_browser: { enabled: boolean; ticked: boolean; idle_days: number; absolute_days: number };
  second_factor_lock: { failures: number; minutes: number[] };
  passkey_sign_in: boolean;
  default_directory: string;
  log_retention_days: number;
  flags: {
    mfa_show_factor_list_on_enrollment: boolean;
    enable_public_signup_user_exists_error: boolean;
  };
}

export function toWireTenant(settings: TenantSettings): WireTenant {
  const { session, rememberBrowser, secondFactorLock } = settings;
  return {
    friendly_name: settings.friendlyName,
    ...(settings.supportEmail === undefined ? {} : { support_email: settings.supportEmail }),
    ...(settings.supportUrl === undefined ? {} : { support_url: settings.supportUrl }),
    enabled_locales: settings.enabledLocales,
    idle_session_lifetime_in_minutes: session.idleMinutes,
    session_lifetime_in_minutes: session.absoluteMinutes,
    second_factor_lifetime_in_minutes: settings.proofMinutes ?? 0,
    remember_browser: {
      enabled: rememberBrowser.enabled,
      ticked: rememberBrowser.isTicked === true,
      idle_days: rememberBrowser.idleDays,
      absolute_days: rememberBrowser.absoluteDays,
    },
    second_factor_lock: { failures: secondFactorLock.failures, minutes: secondFactorLock.minutes },
    passkey_sign_in: settings.passkeySignIn,
    default_directory: settings.defaultDirectory,
    log_retention_days: settings.logRetentionDays,
    flags: {
      mfa_show_factor_list_on_enrollment: settings.showFactorListOnEnrolment,
      enable_public_signup_user_exists_error: settings.publicSignupUserExistsError,
    },
  };
}
