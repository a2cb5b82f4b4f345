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

/** @typedef {keyof typeof loaders} Language */

/** @type {import('./texts/en.js').Texts} */
let texts = en;
/** BCP 47, with the country that the browser names for the language: dates are written its way. */
let locale = 'en';

/**
 * The first wish that the tenant's languages meet, as on the hosted pages; else the tenant's first one.
 * @param {readonly string[]} wishes BCP 47 tags, most wanted first
 * @param {readonly string[]} enabled likewise
 * @returns {Language}
 */
export function chooseLanguage(wishes, enabled) {
  const offered = enabled.map(languageOf).filter((language) => Object.hasOwn(loaders, language));
  const chosen = wishes.map(languageOf).find((wish) => offered.includes(wish)) ?? offered[0] ?? 'en';
  return /** @type {Language} */ (chosen);
}

/**
 * Loads the texts in the person's language.
 * @param {readonly string[]} enabled the tenant's languages
 */
export async function loadWords(enabled) {
  const language = chooseLanguage(navigator.languages, enabled);
  texts = await loaders[language]();
  locale = navigator.languages.find((tag) => tag.startsWith(`${language}-`)) ?? language;
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

/** @param {string} tag */
function languageOf(tag) {
  return tag.toLowerCase().split('-')[0] ?? '';
}
