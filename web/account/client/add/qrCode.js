import { element } from '../dom.js';

const namespace = 'http://www.w3.org/2000/svg';
/** ISO/IEC 18004 asks for four modules of white around the code. */
const quietZone = 4;

/**
 * Draws a QR code, on this device: the text, a secret, goes to nobody else. Dark on white in every colour
 * scheme, because scanners expect it.
 * @param {string} content
 * @param {string} label alternative text
 */
export async function qrCode(content, label) {
  /** @type {typeof import('uqr')} */
  const { encode } = await import(new URL('../uqr.js', import.meta.url).href);
  const { data, size } = encode(content, { ecc: 'M', border: quietZone });
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('class', 'qr');
  svg.setAttribute('viewBox', `0 0 ${size} ${size}`);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', label);
  svg.setAttribute('shape-rendering', 'crispEdges');
  const path = document.createElementNS(namespace, 'path');
  const modules = data.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  path.setAttribute('d', modules.join(''));
  svg.append(path);
  return element('div', { class: 'qr-frame' }, svg);
}
