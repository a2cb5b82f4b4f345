import type { WordedMessage } from '../channel.ts';
import type { Sender } from './messageValues.ts';
import { ownParts } from './ownParts.ts';
import { createEmailRenderer } from './renderEmail.ts';
import { sampleCodeMessage, sampleEmail, sampleNumber, sampleTime } from './sampleMessages.ts';
import { everyLanguage, type TemplateKey, type TemplateParts } from './templateKey.ts';
import type { TemplateSource } from './templateSource.ts';
import { createCodeWording } from './wordCode.ts';

/** What a preview is made with. */
export interface PreviewOptions {
  publicUrl: string;
  sender: Sender;
  /** Primary tag, or `*`: then English. */
  language: string;
}

/**
 * The message that a template makes of sample values; without parts, that of our own words.
 *
 * @throws what keeps the template from being used: Liquid's error, or what is missing from the message.
 */
export async function previewTemplate(
  key: TemplateKey,
  parts: TemplateParts | undefined,
  { publicUrl, sender, language }: PreviewOptions,
): Promise<WordedMessage> {
  const locale = language === everyLanguage ? 'en' : language;
  const templates: TemplateSource = {
    find: () => Promise.resolve(parts ?? ownParts(key, locale)),
    report: (_key, _language, error) => Promise.reject(error),
  };
  const askSender = () => Promise.resolve({ ...sender, enabledLocales: [locale] });
  const renderEmail = createEmailRenderer({ publicUrl, sender: askSender, templates });
  const envelope = { id: 'msg_sample', createdAt: sampleTime };
  if (key.channel === 'email') {
    const email = sampleEmail(key.name, locale);
    return { ...envelope, to: email.to, ...(await renderEmail(email)) };
  }
  const wordCode = createCodeWording({ publicUrl, sender: askSender, renderEmail, templates });
  const message = sampleCodeMessage({ channel: key.channel, to: sampleNumber }, key.name, locale);
  return wordCode(message, envelope);
}
