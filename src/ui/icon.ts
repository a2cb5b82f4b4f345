import { raw } from 'hono/html';
import type { FactorScreens } from '../mfa/screens.ts';
import type { Markup } from './html.ts';

/** Names of the pictures: those a factor may choose, and those of the tools beside a code. */
export type IconName = FactorScreens['icon'] | 'copy' | 'download' | 'print' | 'forward';

/** Strokes in a box of 24 by 24. */
const strokes: Readonly<Record<IconName, string>> = {
  'authenticator-app':
    'M8 2.8h8a2 2 0 0 1 2 2v14.4a2 2 0 0 1-2 2H8a2 2 0 0 1-2-2V4.8a2 2 0 0 1 2-2ZM9.5 11.8l1.9 1.9 3.3-3.6M10.8 18.4h2.4',
  'recovery-code':
    'M5 3.8h10l4 4v12.4H5ZM14.6 4v4.2H19M8.4 12h1.4M11.4 12h1.4M14.4 12h1.4M8.4 15.6h1.4M11.4 15.6h1.4M14.4 15.6h1.4',
  copy: 'M8.6 8.6h11.8v11.8H8.6ZM15.4 8.4V3.6H3.6v11.8h4.8',
  download: 'M12 3.6v11.6M7.4 10.8 12 15.4l4.6-4.6M4 20.4h16',
  print: 'M7 8.4V3.6h10v4.8M7 17H3.6V8.4h16.8V17H17M7 14h10v6.4H7Z',
  forward: 'M9 5.4 15.6 12 9 18.6',
};

/** A decorative line picture in the colour of the text around it. */
export function icon(name: IconName): Markup {
  return raw(
    `<svg class="icon icon-${name}" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="${strokes[name]}"/></svg>`,
  );
}
