/** Control letters, and those that turn the direction of what stands around them. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\u2028\u2029]/gu;

/**
 * A name that somebody else chose, fit to stand among our own words: one line, nothing unseen, not endless.
 * @param {unknown} text
 * @param {number} [longest] letters
 */
export function cleanText(text, longest = 80) {
  if (typeof text !== 'string') return '';
  const line = text.slice(0, 1000).replace(/\s+/g, ' ').replace(unseen, '').trim();
  const letters = [...line];
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : line;
}
