import { operatorConnection } from '../accounts/operators.ts';
import { canonicalEmail } from '../config/emailAddress.ts';
import { defaultTenantSettings, type TenantSettings } from '../tenant/tenantSettings.ts';
import { isProofLifetime, proofLifetimes, trustBounds } from '../tenant/trustBounds.ts';

/** The most that may be set. */
export const tenantBounds = {
  nameLength: 100,
  sessionMinutes: 365 * 24 * 60,
  rememberDays: trustBounds.rememberDays,
  /** NIST SP 800-63B §5.2.2 (S-15). */
  failures: 100,
  locks: 10,
  lockMinutes: 7 * 24 * 60,
  logDays: 3650,
};

/** A fresh tenant has every language there are words in. */
const { enabledLocales: languages } = defaultTenantSettings;

/** Everything that is wrong with the settings, each as a sentence that names the option and what it takes. */
export function tenantFaults(settings: TenantSettings): string[] {
  const { session, rememberBrowser, secondFactorLock } = settings;
  const { nameLength, sessionMinutes, rememberDays, failures, locks, lockMinutes, logDays } = tenantBounds;
  const rules: [option: string, expected: string, isMet: boolean][] = [
    ['friendly-name', `1 to ${nameLength} characters in one line`, isName(settings.friendlyName)],
    ['support-email', 'an e-mail address', isAbsentOr(settings.supportEmail, isEmail)],
    ['support-url', 'an https address', isAbsentOr(settings.supportUrl, isHttps)],
    [
      'enabled-locales',
      `one or more of ${languages.join(', ')}, each once`,
      isChoice(settings.enabledLocales, languages),
    ],
    ['session-idle-minutes', `1 to ${sessionMinutes}`, isWithin(session.idleMinutes, sessionMinutes)],
    ['session-absolute-minutes', `1 to ${sessionMinutes}`, isWithin(session.absoluteMinutes, sessionMinutes)],
    [
      'session-idle-minutes',
      `no more than the ${session.absoluteMinutes} of --session-absolute-minutes`,
      session.idleMinutes <= session.absoluteMinutes,
    ],
    ['remember-browser-idle-days', `1 to ${rememberDays}`, isWithin(rememberBrowser.idleDays, rememberDays)],
    [
      'remember-browser-absolute-days',
      `1 to ${rememberDays}`,
      isWithin(rememberBrowser.absoluteDays, rememberDays),
    ],
    [
      'remember-browser-idle-days',
      `no more than the ${rememberBrowser.absoluteDays} of --remember-browser-absolute-days`,
      rememberBrowser.idleDays <= rememberBrowser.absoluteDays,
    ],
    ['second-factor-minutes', proofLifetimes, isProofLifetime(settings.proofMinutes ?? 0)],
    ['second-factor-failures', `1 to ${failures}`, isWithin(secondFactorLock.failures, failures)],
    [
      'second-factor-lock-minutes',
      `1 to ${locks} numbers from 1 to ${lockMinutes}, none smaller than the one before`,
      isLadder(secondFactorLock.minutes),
    ],
    [
      'default-directory',
      `1 to 128 letters, digits and single hyphens, other than the operators’ ${operatorConnection}`,
      isDirectory(settings.defaultDirectory),
    ],
    ['log-retention-days', `1 to ${logDays}`, isWithin(settings.logRetentionDays, logDays)],
  ];
  return rules
    .filter(([, , isMet]) => !isMet)
    .map(([option, expected]) => `--${option}: expected ${expected}.`);
}

function isName(text: string): boolean {
  return text.length >= 1 && text.length <= tenantBounds.nameLength && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text);
}

function isAbsentOr(text: string | undefined, isGood: (text: string) => boolean): boolean {
  return text === undefined || isGood(text);
}

function isEmail(text: string): boolean {
  return canonicalEmail(text) !== undefined;
}

function isHttps(text: string): boolean {
  return text.length <= 2048 && URL.parse(text)?.protocol === 'https:';
}

function isChoice(list: readonly string[], choices: readonly string[]): boolean {
  return (
    list.length > 0 && new Set(list).size === list.length && list.every((item) => choices.includes(item))
  );
}

function isWithin(count: number, most: number): boolean {
  return count >= 1 && count <= most;
}

function isLadder(minutes: readonly number[]): boolean {
  const { locks, lockMinutes } = tenantBounds;
  return (
    minutes.length >= 1 &&
    minutes.length <= locks &&
    minutes.every((length, i) => isWithin(length, lockMinutes) && length >= (minutes[i - 1] ?? 0))
  );
}

/** As Auth0 names connections. */
function isDirectory(name: string): boolean {
  return name.length <= 128 && /^[a-zA-Z0-9]+(?:-[a-zA-Z0-9]+)*$/.test(name) && name !== operatorConnection;
}
