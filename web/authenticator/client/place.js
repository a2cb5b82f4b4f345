import { cleanText } from './cleanText.js';

/**
 * Where a request comes from, as far as the server can tell: a place, else the network address.
 * @param {{ location?: unknown, ip?: string }} request
 */
export function placeOf({ location, ip }) {
  return nameOf(location) || cleanText(ip);
}

/** @param {unknown} location a name, or parts of one */
function nameOf(location) {
  if (typeof location === 'string') return cleanText(location);
  if (typeof location !== 'object' || location === null) return '';
  const { name, city, region, country } = /** @type {Record<string, unknown>} */ (location);
  return (
    cleanText(name) ||
    [city ?? region, country]
      .map((part) => cleanText(part))
      .filter(Boolean)
      .join(', ')
  );
}
