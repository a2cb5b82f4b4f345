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
  /** Whether the code stands below, large and by itself. */
  showsCode?: true;
  /** Label of the link, where there is one. */
  button?: string;
  /** Set apart below: what to do when it wasn't the reader. */
  notice?: string;
  /** Label of the link that undoes what the message tells of, and what it does: instead of the notice, where there is such a link. */
  undo?: { button: string; notice: string };
}

/** All words of one language. */
export interface EmailTexts {
  templates: Record<EmailTemplate, EmailText>;
  labels: {
    /** The application that somebody signs in to. */
    application: string;
    /** Town or country of the request. */
    place: string;
    time: string;
    address: string;
    browser: string;
    /** With `browser` and `system`. */
    browserOnSystem: string;
    unknownBrowser: string;
    /** Above the link written out. */
    writtenLink: string;
    /** Above the footer of messages that tell of the account; with `account_url`. */
    account: string;
    /** Last line; with `friendly_name`. */
    footer: string;
    /** Added to the footer when the tenant has a support address; with `support`. */
    support: string;
  };
}

const languages: ReadonlyMap<string, EmailTexts> = new Map(Object.entries({ en, de, es, fr, ja, pt }));

/**
 * The language a message should be in: that of `locale` if the tenant enabled it, else the tenant's first.
 * A primary tag, `pt`; there may be no words of ours in it.
 */
export function messageLanguage(
  locale: string | undefined,
  enabledLocales: readonly string[] = emailLanguages,
): string {
  const enabled = enabledLocales.map(primaryLanguage);
  const wished = locale === undefined ? undefined : primaryLanguage(locale);
  return enabled.find((candidate) => candidate === wished) ?? enabled[0] ?? 'en';
}

/** Our words in a language, or the English ones. */
export function emailTextsFor(language: string): { language: string; texts: EmailTexts } {
  const texts = languages.get(language);
  return texts ? { language, texts } : { language: 'en', texts: en };
}

function primaryLanguage(tag: string): string {
  return (tag.split('-')[0] ?? '').toLowerCase();
}

/** Languages there are words in. */
export const emailLanguages: readonly string[] = [...languages.keys()];
