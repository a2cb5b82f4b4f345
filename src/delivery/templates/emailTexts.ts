import type { EmailTemplate } from '../emailTemplates.ts';
import { de } from './texts/de.ts';
import { en } from './texts/en.ts';
import { es } from './texts/es.ts';
import { fr } from './texts/fr.ts';
import { ja } from './texts/ja.ts';
import { pt } from './texts/pt.ts';

/** The words of one message. Each is a Liquid template; in the HTML part every value is escaped. */
export interface EmailText {
  subject: string;
  heading: string;
  paragraphs: readonly string[];
  /** Label of the link, where there is one. */
  button?: string;
  /** Set apart below: what to do when it wasn't the reader. */
  notice?: string;
}

/** All words of one language. */
export interface EmailTexts {
  templates: Record<EmailTemplate, EmailText>;
  labels: {
    time: string;
    address: string;
    browser: string;
    /** With `browser` and `system`. */
    browserOnSystem: string;
    unknownBrowser: string;
    /** Above the link written out. */
    writtenLink: string;
    /** Last line; with `friendly_name`. */
    footer: string;
    /** Added to the footer when the tenant has a support address; with `support`. */
    support: string;
  };
}

const languages: ReadonlyMap<string, EmailTexts> = new Map(Object.entries({ en, de, es, fr, ja, pt }));

/**
 * The language of a message and its words: that of `locale` if the tenant enabled it, else the tenant's
 * first; English when there are no words in it.
 */
export function emailTextsFor(
  locale: string | undefined,
  enabledLocales: readonly string[] = emailLanguages,
): { language: string; texts: EmailTexts } {
  const enabled = enabledLocales.map(primaryLanguage);
  const wished = locale === undefined ? undefined : primaryLanguage(locale);
  const language = enabled.find((candidate) => candidate === wished) ?? enabled[0] ?? 'en';
  const texts = languages.get(language);
  return texts ? { language, texts } : { language: 'en', texts: en };
}

function primaryLanguage(tag: string): string {
  return (tag.split('-')[0] ?? '').toLowerCase();
}

/** Languages there are words in. */
export const emailLanguages: readonly string[] = [...languages.keys()];
