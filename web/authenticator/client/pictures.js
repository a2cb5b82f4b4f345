const namespace = 'http://www.w3.org/2000/svg';

/** Strokes in a box of 24 by 24, as those of the hosted pages. */
const strokes = {
  back: 'M15 5.4 8.4 12l6.6 6.6',
  forward: 'M9 5.4 15.6 12 9 18.6',
  add: 'M12 4.6v14.8M4.6 12h14.8',
  settings:
    'M4 7.4h9.4M18.6 7.4H20M4 16.6h1.4M10.6 16.6H20M16 4.8a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2ZM8 14a2.6 2.6 0 1 1 0 5.2A2.6 2.6 0 0 1 8 14Z',
  scan: 'M4 8.6V4h4.6M15.4 4H20v4.6M20 15.4V20h-4.6M8.6 20H4v-4.6M8.4 8.4h7.2v7.2H8.4Z',
  link: 'M10 14a3.9 3.9 0 0 0 5.7.3l3.1-3.1a3.9 3.9 0 0 0-5.5-5.6l-1.2 1.2M14 10a3.9 3.9 0 0 0-5.7-.3l-3.1 3.1a3.9 3.9 0 0 0 5.5 5.6l1.2-1.2',
  application: 'M3.6 5h16.8v14H3.6ZM3.6 9.2h16.8M6.4 7.1h.1M9 7.1h.1',
  account: 'M12 4.2a3.9 3.9 0 1 1 0 7.8 3.9 3.9 0 0 1 0-7.8ZM4.6 20.2c.5-3.4 3.5-5.4 7.4-5.4s6.9 2 7.4 5.4',
  place:
    'M12 21s-6.6-5.8-6.6-11.2a6.6 6.6 0 0 1 13.2 0C18.6 15.2 12 21 12 21ZM12 7.4a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5Z',
  browser: 'M4.4 4.8h15.2v10.8H4.4ZM2.6 19.2h18.8',
  time: 'M12 3.8a8.2 8.2 0 1 1 0 16.4 8.2 8.2 0 0 1 0-16.4ZM12 7.4V12l3 2.2',
  server: 'M4 4.6h16v6H4ZM4 13.4h16v6H4ZM7.2 7.6h.1M7.2 16.4h.1',
  bell: 'M6 16.6c1-1.2 1.4-2.6 1.4-5.6a4.6 4.6 0 0 1 9.2 0c0 3 .4 4.4 1.4 5.6ZM10.2 19.6a2 2 0 0 0 3.6 0M12 4.2V6',
  install: 'M12 3.6v11M7.6 10.4 12 14.8l4.4-4.4M4.6 16.6v3.8h14.8v-3.8',
  copy: 'M8.6 8.6h11.8v11.8H8.6ZM15.4 8.4V3.6H3.6v11.8h4.8',
  check: 'M4.8 12.6 10 17.8 19.4 7',
  update: 'M19.4 9.2A8 8 0 0 0 5 8.2M4.6 4.6v4h4M4.6 14.8a8 8 0 0 0 14.4 1M19.4 19.4v-4h-4',
  warning: 'M12 4 21.4 20H2.6ZM12 10v4.6M12 17.2v.1',
};

/** @typedef {keyof typeof strokes} PictureName */

/**
 * A decorative line picture in the colour of the text around it.
 * @param {PictureName} name
 */
export function picture(name) {
  const svg = drawing('0 0 24 24', `icon icon-${name}`);
  svg.append(shape('path', { d: strokes[name] }));
  return svg;
}

/** Countersign's mark: a seal cut in two, whose halves fit each other only. */
export function mark() {
  const svg = drawing('0 0 32 32', 'mark');
  const halves = {
    'mark-own': 'M14.6 2.1A14 14 0 0 0 14.6 29.9L16.9 25.3L12.5 20.6L17.3 16L12.5 11.4L16.9 6.7Z',
    'mark-counter': 'M18.4 2.2A14 14 0 0 1 18.4 29.8L20.4 25.1L16 20.6L20.8 16L16 11.4L20.4 6.9Z',
  };
  for (const [name, d] of Object.entries(halves)) svg.append(shape('path', { class: name, d }));
  return svg;
}

/** The wavy cut below the counterfoil, as on the hosted pages. */
export function indenture() {
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('class', 'indenture');
  svg.setAttribute('aria-hidden', 'true');
  const pattern = shape('pattern', { id: 'wave', width: '20', height: '10', patternUnits: 'userSpaceOnUse' });
  pattern.append(
    shape('path', { d: 'M0 5C3.6 5 6.4 1 10 1S16.4 5 20 5V10H0Z', transform: 'translate(0 1)' }),
  );
  svg.append(pattern, shape('rect', { width: '100%', height: '10', fill: 'url(#wave)' }));
  return svg;
}

/**
 * A ring that empties by itself as time goes by.
 * @param {{ totalMs: number, leftMs: number }} time
 */
export function ring({ totalMs, leftMs }) {
  const svg = drawing('0 0 24 24', 'ring');
  svg.append(shape('circle', { class: 'ring-track', cx: '12', cy: '12', r: '10' }));
  const rest = shape('circle', { class: 'ring-rest', cx: '12', cy: '12', r: '10', pathLength: '1' });
  rest.style.setProperty('--total', `${totalMs}ms`);
  rest.style.setProperty('--gone', `${leftMs - totalMs}ms`);
  rest.style.setProperty('--steps', String(Math.max(1, Math.round(totalMs / 1000))));
  svg.append(rest);
  return svg;
}

/** @param {string} viewBox @param {string} className */
function drawing(viewBox, className) {
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', viewBox);
  svg.setAttribute('class', className);
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('focusable', 'false');
  return svg;
}

/**
 * @template {keyof SVGElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string>} attributes
 */
function shape(name, attributes) {
  const made = document.createElementNS(namespace, name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
}
