import { currentLocale } from './words.js';

/** @typedef {{ value: string, label: string, prefix?: string }} Option */
/** @typedef {{ channels: string[], lists: Record<string, { options: Option[], preferred?: string }> }} Choices */

/** @type {Promise<Record<string, Choices>> | undefined} */
let found;

/** What the forms may offer, by factor; asked for once. @returns {Promise<Record<string, Choices>>} */
export function findChoices() {
  found ??= readChoices().catch((error) => {
    found = undefined;
    throw error;
  });
  return found;
}

async function readChoices() {
  const { language, region } = new Intl.Locale(currentLocale());
  const locale = region === undefined ? language : `${language}-${region}`;
  const response = await fetch(`/account/choices.json?locale=${locale}`);
  if (!response.ok) throw new TypeError('No choices');
  return response.json();
}
