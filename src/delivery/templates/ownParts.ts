import { codeSource } from './codeTexts.ts';
import { emailTextsFor } from './emailTexts.ts';
import { ownEmailParts } from './renderEmail.ts';
import type { TemplateKey, TemplateParts } from './templateKey.ts';

/** Our own Liquid sources of a message in a language, in English where we have none: to read, or to begin with. */
export function ownParts(key: TemplateKey, language: string): TemplateParts {
  const { language: own } = emailTextsFor(language);
  return key.channel === 'email'
    ? ownEmailParts(key.name, own)
    : { text: codeSource(key.channel, key.name, own) };
}
