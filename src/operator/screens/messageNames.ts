import { channelNames } from '../../delivery/channel.ts';
import { everyLanguage, type TemplateKey, type TemplatePart } from '../../delivery/templates/templateKey.ts';

const names: Readonly<Record<TemplateKey['name'], string>> = {
  enrolment: 'code to set up a number',
  verification: 'code to sign in',
  mfa_oob_code: 'code',
  verify_email: 'confirm the address',
  reset_email: 'new password',
  account_exists: 'account exists already',
  enrollment_email: 'set up a second factor',
  password_changed: 'password was changed',
  mfa_enrolled: 'second factor was added',
  mfa_removed: 'second factor was removed',
  recovery_code_used: 'recovery code was used',
  mfa_reset: 'second factors were reset',
  mfa_change_undone: 'change was undone',
  temporary_pass_issued: 'temporary pass was given out',
  temporary_pass_used: 'temporary pass was used',
  failed_second_factors: 'failed second factors',
  push_denied: 'request was refused',
};

const parts: Readonly<Record<TemplatePart, string>> = {
  from: 'Sender',
  subject: 'Subject',
  html: 'HTML',
  text: 'Text',
};

const languages = new Intl.DisplayNames('en', { type: 'language' });

/** A message in English: `E-mail: new password`. */
export function messageName(key: TemplateKey): string {
  return `${channelNames[key.channel]}: ${names[key.name]}`;
}

export function partName(part: TemplatePart): string {
  return parts[part];
}

/** A primary tag in English, or that it is all of them. */
export function languageName(language: string): string {
  return language === everyLanguage ? 'Every language' : (languages.of(language) ?? language);
}
