import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchChromium } from '../test/support/chromium.ts';

// Draws the PNG icons of the authenticator app from its SVG: node scripts/drawAuthenticatorIcons.ts

const folder = join(import.meta.dirname, '..', 'web', 'authenticator', 'static', 'icons');
const drawing = await readFile(join(folder, 'icon.svg'), 'utf8');

/** The system cuts a shape of its own out of a maskable icon: the ground fills all, the mark keeps to the middle. */
const maskable = drawing.replace(' rx="112"', '').replace('scale(11.4)', 'scale(8.8)');
/** Systems show only where something is drawn, in a colour of their own. */
const badge = drawing
  .replace(/<rect[^>]*>/, '')
  .replace('scale(11.4)', 'scale(16.4)')
  .replaceAll(/fill="#\w+"/g, 'fill="#ffffff"');

const icons = [
  { name: 'icon-192', size: 192, svg: drawing },
  { name: 'icon-512', size: 512, svg: drawing },
  { name: 'maskable-192', size: 192, svg: maskable },
  { name: 'maskable-512', size: 512, svg: maskable },
  { name: 'apple-180', size: 180, svg: maskable.replace('scale(8.8)', 'scale(10)') },
  { name: 'badge-96', size: 96, svg: badge },
];

const browser = await launchChromium();
try {
  const page = await browser.newPage();
  for (const { name, size, svg } of icons) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`);
    await writeFile(join(folder, `${name}.png`), await page.screenshot({ omitBackground: true }));
  }
} finally {
  await browser.close();
}
