import { chooseLanguage } from './languages.js';
import { readSetting } from './store.js';
import { en } from './texts/en.js';

/** @typedef {import('./texts/en.js').TextKey} TextKey */

const loaders = /** @type {const} */ ({
  en: async () => en,
  de: async () => (await import('./texts/de.js')).de,
  es: async () => (await import('./texts/es.js')).es,
  fr: async () => (await import('./texts/fr.js')).fr,
  pt: async () => (await import('./texts/pt.js')).pt,
  ja: async () => (await import('./texts/ja.js')).ja,
});

/** @type {import('./texts/en.js').Texts} */
let texts = en;
/** BCP 47, with the country that the browser names for the language: dates are written its way. */
let locale = 'en';

/** Loads the language that the person chose, else the browser's most wanted one. */
export async function loadWords() {
  const chosen = await readSetting('language').catch(() => undefined);
  const language = chooseLanguage([chosen ?? '', ...navigator.languages]);
  texts = await loaders[language]();
  locale = navigator.languages.find((tag) => tag.toLowerCase().startsWith(`${language}-`)) ?? language;
  document.documentElement.lang = language;
}

/**
 * The text of a key, its `${placeholders}` filled in.
 * @param {TextKey} key
 * @param {Readonly<Record<string, string | number>>} [values]
 */
export function text(key, values = {}) {
  return texts[key].replace(/\$\{(\w+)\}/g, (_placeholder, name) => String(values[name] ?? ''));
}

/** For dates and times. */
export function currentLocale() {
  return locale;
}
