import { type Command, Option } from 'commander';
import { withoutUndefined } from '../applications/withoutUndefined.ts';
import { canonicalEmail } from '../config/emailAddress.ts';
import type { TenantSettings } from '../tenant/tenantSettings.ts';
import { proofLifetimes } from '../tenant/trustBounds.ts';
import { type CommonOptions, readCount, readCounts, readList, readSwitch } from './options.ts';
import { tenantBounds as bounds } from './tenantFaults.ts';

/** As typed: `tenantFaults` judges the settings that result. */
export interface TenantOptions extends CommonOptions {
  friendlyName?: string;
  supportEmail?: string;
  supportUrl?: string;
  enabledLocales?: string[];
  sessionIdleMinutes?: number;
  sessionAbsoluteMinutes?: number;
  secondFactorMinutes?: number;
  rememberBrowser?: boolean;
  rememberBrowserTicked?: boolean;
  rememberBrowserIdleDays?: number;
  rememberBrowserAbsoluteDays?: number;
  showFactorListOnEnrolment?: boolean;
  passkeySignIn?: boolean;
  secondFactorFailures?: number;
  secondFactorLockMinutes?: number[];
  publicSignupUserExistsError?: boolean;
  defaultDirectory?: string;
  logRetentionDays?: number;
}

/** The options of `tenant update`. */
export function withTenantOptions(command: Command): Command {
  const switched = (name: string, text: string) =>
    new Option(`--${name} <on|off>`, text).argParser(readSwitch);
  return command
    .option('--friendly-name <text>', 'on pages, in messages and in authenticator apps')
    .option('--support-email <address>', 'where people get help; "" for none')
    .option('--support-url <url>', 'the same as a page, https; "" for none')
    .option('--enabled-locales <list>', 'languages of pages and messages, the first is the default', readList)
    .option(
      '--session-idle-minutes <minutes>',
      `a sign-in ends after so long without use; 1 to ${bounds.sessionMinutes}`,
      readCount,
    )
    .option('--session-absolute-minutes <minutes>', 'and in any case after so long; the same', readCount)
    .option(
      '--second-factor-minutes <minutes>',
      `how long a second factor counts in a session and for its refresh tokens: ${proofLifetimes}; 0 for no end of its own`,
      readCount,
    )
    .addOption(switched('remember-browser', 'whether people may have the policy spare a browser'))
    .addOption(switched('remember-browser-ticked', 'whether the box for that is ticked at first'))
    .option(
      '--remember-browser-idle-days <days>',
      `a browser is forgotten after so long without use; 1 to ${bounds.rememberDays}`,
      readCount,
    )
    .option('--remember-browser-absolute-days <days>', 'and in any case after so long; the same', readCount)
    .addOption(switched('show-factor-list-on-enrolment', 'whether people choose the factor they set up'))
    .addOption(
      switched(
        'passkey-sign-in',
        'whether a device or key that verifies its owner signs in without a password',
      ),
    )
    .option(
      '--second-factor-failures <count>',
      `wrong second factors in a row that lock; 1 to ${bounds.failures}`,
      readCount,
    )
    .option(
      '--second-factor-lock-minutes <list>',
      `length of the first, second, … lock, never falling; 1 to ${bounds.lockMinutes} each`,
      readCounts,
    )
    .addOption(
      switched('public-signup-user-exists-error', 'whether /dbconnections/signup tells who has an account'),
    )
    .option(
      '--default-directory <name>',
      'the connection people sign in to and up in; accounts of another one stay in that',
    )
    .option(
      '--log-retention-days <days>',
      `events of the tenant log that are older are deleted for good; 1 to ${bounds.logDays}`,
      readCount,
    );
}

/** The settings with what the options say; the rest stays as it is. */
export function applyTenantOptions(settings: TenantSettings, options: TenantOptions): TenantSettings {
  const { supportEmail: email, supportUrl: url, ...rest } = settings;
  const given = options.supportEmail && (canonicalEmail(options.supportEmail) ?? options.supportEmail);
  return {
    ...rest,
    ...withoutUndefined({
      friendlyName: options.friendlyName?.trim(),
      // An empty text takes the address away.
      supportEmail: (given ?? email) || undefined,
      supportUrl: (options.supportUrl ?? url) || undefined,
      enabledLocales: options.enabledLocales,
      showFactorListOnEnrolment: options.showFactorListOnEnrolment,
      passkeySignIn: options.passkeySignIn,
      publicSignupUserExistsError: options.publicSignupUserExistsError,
      defaultDirectory: options.defaultDirectory,
      logRetentionDays: options.logRetentionDays,
      proofMinutes: options.secondFactorMinutes,
    }),
    session: {
      ...settings.session,
      ...withoutUndefined({
        idleMinutes: options.sessionIdleMinutes,
        absoluteMinutes: options.sessionAbsoluteMinutes,
      }),
    },
    rememberBrowser: {
      ...settings.rememberBrowser,
      ...withoutUndefined({
        enabled: options.rememberBrowser,
        isTicked: options.rememberBrowserTicked,
        idleDays: options.rememberBrowserIdleDays,
        absoluteDays: options.rememberBrowserAbsoluteDays,
      }),
    },
    secondFactorLock: {
      ...settings.secondFactorLock,
      ...withoutUndefined({
        failures: options.secondFactorFailures,
        minutes: options.secondFactorLockMinutes,
      }),
    },
  };
}
