import { raw } from 'hono/html';
import type { FactorScreens } from '../mfa/screens.ts';
import type { Markup } from './html.ts';

/** Names of the pictures: those a factor may choose, and those of the tools beside a code. */
export type IconName = FactorScreens['icon'] | 'copy' | 'download' | 'print' | 'forward' | 'notice';

/** Strokes in a box of 24 by 24. */
const strokes: Readonly<Record<IconName, string>> = {
  'authenticator-app':
    'M8 2.8h8a2 2 0 0 1 2 2v14.4a2 2 0 0 1-2 2H8a2 2 0 0 1-2-2V4.8a2 2 0 0 1 2-2ZM9.5 11.8l1.9 1.9 3.3-3.6M10.8 18.4h2.4',
  'recovery-code':
    'M5 3.8h10l4 4v12.4H5ZM14.6 4v4.2H19M8.4 12h1.4M11.4 12h1.4M14.4 12h1.4M8.4 15.6h1.4M11.4 15.6h1.4M14.4 15.6h1.4',
  phone:
    'M6.2 3.6h3.4l1.7 4.3-2.2 1.6a11 11 0 0 0 5.4 5.4l1.6-2.2 4.3 1.7v3.4a2 2 0 0 1-2.2 2A16.4 16.4 0 0 1 4.2 5.8a2 2 0 0 1 2-2.2Z',
  email: 'M3.6 5.6h16.8v12.8H3.6ZM4 6.4l8 6.4 8-6.4',
  'security-key':
    'M9 2.8h6v6H9ZM7.4 8.8h9.2v10.6a1.8 1.8 0 0 1-1.8 1.8H9.2a1.8 1.8 0 0 1-1.8-1.8ZM12 12.4a1.9 1.9 0 1 1 0 3.8 1.9 1.9 0 0 1 0-3.8Z',
  device:
    'M4.4 4.8h15.2v10.8H4.4ZM2.6 19.2h18.8M12 7.6c-1.7 0-2.8 1.2-2.8 2.8v1.8M12 10.2v2.4M14.8 12.4v-2c0-.7-.2-1.3-.6-1.8',
  request:
    'M14 2.8H7.6a2 2 0 0 0-2 2v14.4a2 2 0 0 0 2 2H15a2 2 0 0 0 2-2v-6.6M10.2 18.4h2.4M13.4 6.6a1.6 1.6 0 0 1 1.6-1.6h4a1.6 1.6 0 0 1 1.6 1.6v2.2a1.6 1.6 0 0 1-1.6 1.6h-2.6l-2.2 1.8v-2.1a1.6 1.6 0 0 1-.8-1.3Z',
  elsewhere:
    'M13.6 3.8h6.6v6.6M20 4l-9.2 9.2M17.8 13.4v5.2a1.6 1.6 0 0 1-1.6 1.6H5.4a1.6 1.6 0 0 1-1.6-1.6V7.8a1.6 1.6 0 0 1 1.6-1.6h5.2',
  copy: 'M8.6 8.6h11.8v11.8H8.6ZM15.4 8.4V3.6H3.6v11.8h4.8',
  download: 'M12 3.6v11.6M7.4 10.8 12 15.4l4.6-4.6M4 20.4h16',
  print: 'M7 8.4V3.6h10v4.8M7 17H3.6V8.4h16.8V17H17M7 14h10v6.4H7Z',
  notice: 'M12 3.4a8.6 8.6 0 1 1 0 17.2 8.6 8.6 0 0 1 0-17.2ZM12 7.8v5M12 16v.2',
  forward: 'M9 5.4 15.6 12 9 18.6',
};

/** A decorative line picture in the colour of the text around it. */
export function icon(name: IconName): Markup {
  return raw(
    `<svg class="icon icon-${name}" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="${strokes[name]}"/></svg>`,
  );
}
