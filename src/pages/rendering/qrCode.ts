import { encode } from 'uqr';
import { html, type Markup } from '../../ui/html.ts';

/** ISO/IEC 18004 asks for four modules of white around the code. */
const quietZone = 4;
/** Modules a side from which a code is drawn larger, so that a camera still tells them apart. */
const denseSize = 57;

/**
 * Draws a QR code as inline SVG, on this machine: the text, often a secret, goes to nobody else.
 * Dark on white in every colour scheme, because scanners expect it.
 * @param text what the code says
 * @param label alternative text
 */
export function qrCode(text: string, label: string): Markup {
  const { data, size } = encode(text, { ecc: 'M', border: 0 });
  const path = data.map((row, y) => rowPath(row, y)).join('');
  const box = `${-quietZone} ${-quietZone} ${size + 2 * quietZone} ${size + 2 * quietZone}`;
  return html`<svg class="${size < denseSize ? 'qr' : 'qr is-dense'}" viewBox="${box}" role="img" aria-label="${label}" shape-rendering="crispEdges"><path d="${path}" /></svg>`;
}

/** One rectangle for each run of dark modules. */
function rowPath(row: readonly boolean[], y: number): string {
  let path = '';
  for (let x = 0; x < row.length; x += 1) {
    const start = x;
    while (row[x]) x += 1;
    if (x > start) path += `M${start} ${y}h${x - start}v1h-${x - start}z`;
  }
  return path;
}
