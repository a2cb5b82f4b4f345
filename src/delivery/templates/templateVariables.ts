import type { TemplateKey } from './templateKey.ts';

/** A value that a template may use. */
export interface TemplateVariable {
  /** With dots for members, `tenant.friendly_name`. */
  name: string;
  /** What it holds, a line of English. */
  about: string;
  /** Members of its items, where it is a list. */
  items?: readonly string[];
}

const common: readonly TemplateVariable[] = [
  { name: 'friendly_name', about: 'the tenant’s name' },
  { name: 'tenant.friendly_name', about: 'the same' },
  { name: 'tenant.friendlyName', about: 'the same' },
  { name: 'support_email', about: 'the tenant’s support address, or empty' },
  { name: 'support_url', about: 'the tenant’s support page, or empty' },
  { name: 'support', about: 'the support address, else the support page, or empty' },
  { name: 'locale', about: 'language the person asked for, as in de or pt-BR' },
  { name: 'request_language', about: 'the same' },
  { name: 'requestInfo.lang', about: 'the same' },
  { name: 'language', about: 'language the message is written in, as in de' },
  { name: 'message_type', about: 'sms, voice or email' },
];

const application: readonly TemplateVariable[] = [
  { name: 'application.name', about: 'name of the application the person signs in to' },
  { name: 'client.name', about: 'the same' },
];

const code: readonly TemplateVariable[] = [
  { name: 'purpose', about: 'enrolment or verification' },
  ...application,
];

const request: readonly TemplateVariable[] = [
  { name: 'request_info.ip', about: 'address the request came from, or empty' },
  { name: 'request_info.browser', about: 'browser, as in Firefox, or empty' },
  { name: 'request_info.system', about: 'operating system, as in Android, or empty' },
  { name: 'request_info.place', about: 'place of the address, or empty where it is not known' },
  { name: 'request_info.time', about: 'time of the request in UTC, in words of the language' },
];

const email: readonly TemplateVariable[] = [
  { name: 'user.email', about: 'address the message goes to' },
  { name: 'account_url', about: 'the page where people look after their own sign-in' },
  {
    name: 'facts',
    about: 'what is known of the request, each with its name in the language: fact.label, fact.value',
    items: ['label', 'value'],
  },
];

const link: readonly TemplateVariable[] = [
  { name: 'url', about: 'the link; it has to be in the message' },
  { name: 'lifetime', about: 'how long the link works, as in 5 days' },
];

const undo: readonly TemplateVariable[] = [
  { name: 'undo_url', about: 'the link for readers who say that it wasn’t them, or empty' },
  { name: 'undo_lifetime', about: 'how long that link works, as in 1 day, or empty' },
];

const ofEmail: Partial<Record<TemplateKey['name'], readonly TemplateVariable[]>> = {
  mfa_oob_code: [
    { name: 'code', about: 'the code; it has to be in the message' },
    { name: 'lifetime', about: 'how long the code works, as in 5 minutes' },
    ...code,
    ...request,
  ],
  verify_email: link,
  reset_email: link,
  account_exists: link,
  enrollment_email: [...link, { name: 'link', about: 'the same as url' }],
  password_changed: request,
  mfa_enrolled: [{ name: 'factor_name', about: 'what was added' }, ...undo, ...request],
  mfa_removed: [{ name: 'factor_name', about: 'what was removed' }, ...undo, ...request],
  recovery_code_used: [
    { name: 'codes_left', about: 'how many are left, or empty where the one used was replaced' },
    ...request,
  ],
  mfa_reset: request,
  mfa_change_undone: link,
  temporary_pass_issued: [...undo, ...request],
  temporary_pass_used: request,
  failed_second_factors: [{ name: 'failures', about: 'how often it failed' }, ...request],
  push_denied: [...application, ...request],
};

const subject: TemplateVariable = { name: 'subject', about: 'the subject, in the other parts' };

/** Every value that the templates of a message may use. */
export function templateVariables({ channel, name }: TemplateKey): readonly TemplateVariable[] {
  switch (channel) {
    case 'email':
      return [...(ofEmail[name] ?? []), ...email, subject, ...common];
    case 'voice':
      return [
        { name: 'code', about: 'the code with a dot after each digit, 1.2.3; it has to be in the call' },
        { name: 'pause', about: 'a second of silence' },
        ...code,
        ...request,
        ...common,
      ];
    case 'sms':
      return [
        { name: 'code', about: 'the code; it has to be in the message' },
        {
          name: 'autofill_line',
          about:
            'last line by which browsers fill the code in, @login.example.com #123456; empty where it would cost another part',
        },
        ...code,
        ...request,
        ...common,
      ];
  }
}

const ofSender = new Set([
  'friendly_name',
  'tenant.friendly_name',
  'tenant.friendlyName',
  'support_email',
  'language',
  'application.name',
  'client.name',
]);

/** Those that the sender of an e-mail may use: what the operator entered, nothing of the person or request (S-95). */
export function senderVariables(key: TemplateKey): readonly TemplateVariable[] {
  return templateVariables(key).filter(({ name }) => ofSender.has(name));
}
