/** The languages of this app, each by its own name. */
export const languages = /** @type {const} */ ({
  en: 'English',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
  pt: 'Português',
  ja: '日本語',
});

/** @typedef {keyof typeof languages} Language */

/**
 * The first wish that can be met; English when none can.
 * @param {readonly string[]} wishes BCP 47 tags, most wanted first
 * @returns {Language}
 */
export function chooseLanguage(wishes) {
  for (const wish of wishes) {
    const language = wish.toLowerCase().split('-')[0] ?? '';
    if (Object.hasOwn(languages, language)) return /** @type {Language} */ (language);
  }
  return 'en';
}
