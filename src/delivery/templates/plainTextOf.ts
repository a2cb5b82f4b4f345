const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};
const blocks = new Set(
  'address article blockquote br div dl dt footer h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table tr ul'.split(
    ' ',
  ),
);
const cells = new Set(['td', 'th']);
/** Elements whose content is no words for a reader. */
const unseen = new Set(['head', 'style', 'script', 'title']);
const longestAttributes = 4000;

/**
 * The words of an HTML document, for mail programs that show no HTML: a line per paragraph, and each link's
 * address after its words. For documents of ours or the operator's, not a way to make HTML safe. Reads the
 * document once, however it is written.
 */
export function plainTextOf(html: string): string {
  const lower = html.toLowerCase();
  const links: string[] = [];
  let text = '';
  let position = 0;
  while (position < html.length) {
    const opening = html.indexOf('<', position);
    text += wordsOf(html.slice(position, opening === -1 ? undefined : opening));
    if (opening === -1) break;
    const name = /^<(\/?[a-z][a-z0-9]*)/.exec(lower.slice(opening, opening + 20))?.[1];
    const isComment = html.startsWith('<!--', opening);
    const closing = isComment ? html.indexOf('-->', opening) + 2 : html.indexOf('>', opening);
    if (closing < opening) break;
    if (name === undefined && !isComment && html[opening + 1] !== '!') {
      text += '<';
      position = opening + 1;
      continue;
    }
    position = closing + 1;
    if (name === undefined) continue;
    if (unseen.has(name)) {
      const end = lower.indexOf(`</${name}`, position);
      if (end === -1) break;
      position = end;
      continue;
    }
    if (name === 'a') links.push(hrefIn(html.slice(opening, Math.min(closing, opening + longestAttributes))));
    text += name === '/a' ? addressOf(links.pop()) : gapOf(name.replace('/', ''));
  }
  return `${text
    .split('\n')
    .map((line) => line.replace(/ {2,}/g, ' ').trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

function wordsOf(text: string): string {
  return decode(text).replace(/\s+/g, ' ');
}

function gapOf(name: string): string {
  if (blocks.has(name)) return '\n';
  return cells.has(name) ? ' ' : '';
}

function hrefIn(tag: string): string {
  return decode(/\shref\s*=\s*["']?([^"'\s>]*)/i.exec(tag)?.[1] ?? '');
}

function addressOf(href: string | undefined): string {
  return href !== undefined && /^(?:https?|mailto):/i.test(href) ? ` ${href} ` : '';
}

function decode(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return entities[name.toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}
