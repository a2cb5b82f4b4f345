import type { Assets } from './assets.ts';
import { html, type Markup } from './html.ts';
import { indenture } from './indenture.ts';
import { mark } from './mark.ts';

/** What one screen adds to the slip around it. */
export interface View {
  /** Title of the browser's window, as text. */
  title: string;
  body: Markup;
  /** Scripts from `client/` that help where they run; no screen needs one. */
  scripts?: readonly string[];
  /** Goes on to this address at once. */
  goOnTo?: string;
}

/** What every slip of one answer shares. */
export interface SlipFrame {
  assets: Assets;
  /** BCP 47 tag. */
  locale: string;
  direction: 'ltr' | 'rtl';
  /** Stands on the counterfoil. */
  name: string;
  /** Below the slip. */
  footer?: Markup | undefined;
}

/** A whole document with one thing to do: a slip with a name, an indented edge, and the screen below it. */
export function renderSlip({ assets, locale, direction, name, footer }: SlipFrame, view: View): string {
  const script = (file: string) => html`<script type="module" src="${assets.path(`${file}.js`)}"></script>`;
  const document = html`<!doctype html>
<html lang="${locale}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
${view.goOnTo && html`<meta http-equiv="refresh" content="0; url=${view.goOnTo}">`}
<title>${view.title}</title>
<link rel="icon" href="${assets.path('icon.svg')}" type="image/svg+xml">
<link rel="stylesheet" href="${assets.path('style.css')}">
${view.scripts?.map(script)}
</head>
<body class="slip-page">
<div class="slip">
<header class="counterfoil">${mark()}<span class="tenant">${name}</span></header>
${indenture()}
<main>
${view.body}
</main>
</div>
${footer}
</body>
</html>
`;
  return document.toString();
}
