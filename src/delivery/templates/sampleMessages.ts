import type { CodeMessage } from '../codeMessages.ts';
import type { CodePurpose } from '../codePurpose.ts';
import type { Email, EmailVariables } from '../emailTemplates.ts';
import type { PushRequest } from '../push/pushMessages.ts';

/** Noon of an ordinary day, epoch milliseconds. */
export const sampleTime: number = Date.UTC(2026, 0, 15, 12);

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const occasion = { at: sampleTime, ip: '192.0.2.7', userAgent: firefox };
const link = { path: '/u/reset-password/change?ticket=sample', lifetimeSeconds: 3600 };

const undo = { path: '/u/undo-change?ticket=sample', lifetimeSeconds: 86_400 };

const sampleCode = '123456';

/** A number to show, E.164. */
export const sampleNumber = '+351210000000';

const variables: EmailVariables = {
  mfa_oob_code: {
    ...occasion,
    code: sampleCode,
    purpose: 'verification',
    clientName: 'Example Shop',
    place: 'Lisbon, Portugal',
    lifetimeSeconds: 300,
  },
  verify_email: { path: '/u/email-verification?ticket=sample', lifetimeSeconds: 5 * 86_400 },
  reset_email: link,
  account_exists: link,
  enrollment_email: { path: '/guardian/enroll?ticket=sample', lifetimeSeconds: 5 * 86_400 },
  password_changed: occasion,
  mfa_enrolled: { ...occasion, undo, factorName: 'Authenticator app' },
  mfa_removed: { ...occasion, undo, factorName: 'Authenticator app' },
  recovery_code_used: occasion,
  mfa_reset: occasion,
  mfa_change_undone: link,
  temporary_pass_issued: { at: sampleTime, undo },
  temporary_pass_used: occasion,
  failed_second_factors: { ...occasion, failures: 10 },
  push_denied: { ...occasion, clientName: 'Example Shop', place: 'Lisbon, Portugal' },
};

/** A message as it could have been queued; nobody's, and its links open nothing. */
export function sampleEmail(template: Email['template'], locale: string): Email {
  return { to: 'ann@example.com', template, locale, variables: variables[template] } as Email;
}

/** A code, likewise. `to` is what a message of the channel goes to. */
export function sampleCodeMessage(
  { channel, to }: Pick<CodeMessage, 'channel' | 'to'>,
  purpose: CodePurpose,
  locale: string,
): CodeMessage {
  return {
    channel,
    to,
    purpose,
    userId: 'auth0|sample',
    locale,
    code: sampleCode,
    clientName: 'Example Shop',
    requestInfo: { ip: occasion.ip, userAgent: firefox },
    challengeId: 'sample',
    expiresAt: sampleTime + 300_000,
  };
}

/** A request to a device, likewise: nothing answers it. */
export function samplePushRequest({ channel, target }: Pick<PushRequest, 'channel' | 'target'>): PushRequest {
  return {
    channel,
    target,
    deviceId: 'dev_sample',
    userId: 'auth0|sample',
    requestToken: 'sample',
    challenge: 'sample',
    consentId: 'cns_sample',
    locale: 'en',
    clientName: 'Example Shop',
    requestInfo: { ip: occasion.ip, userAgent: firefox },
    challengeId: 'sample',
    startedAt: sampleTime,
    expiresAt: sampleTime + 120_000,
  };
}
