import type { Assets } from './assets.ts';
import { type Fragment, html, type Markup } from './html.ts';
import { indenture } from './indenture.ts';
import { mark } from './mark.ts';

/** One of the places that the bar leads to. */
export interface DeskSection {
  path: string;
  title: string;
  isCurrent: boolean;
}

/** What every page of one desk shares. */
export interface DeskFrame {
  assets: Assets;
  /** Stands first in the bar. */
  name: string;
  /** What kind of desk it is. */
  kind: string;
  /** Name of the navigation, for screen readers. */
  navigation: string;
  sections: readonly DeskSection[];
  /** At the end of the bar. */
  tools?: Fragment;
  /** Scripts from `client/` that help where they run. */
  scripts?: readonly string[];
}

/** One page of a desk. */
export interface DeskView {
  /** Title of the browser's window, as text. */
  windowTitle: string;
  /** First heading, as text. */
  title: string;
  /** The page above this one. */
  back?: { path: string; title: string };
  body: Fragment;
}

/** A whole document for work, in English: a bar with names and sections, the indented cut, the page. */
export function renderDesk(frame: DeskFrame, view: DeskView): string {
  const { assets, scripts } = frame;
  const script = (file: string) => html`<script type="module" src="${assets.path(`${file}.js`)}"></script>`;
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${view.windowTitle}</title>
<link rel="icon" href="${assets.path('icon.svg')}" type="image/svg+xml">
<link rel="stylesheet" href="${assets.path('style.css')}">
${scripts?.map(script)}
</head>
<body class="desk">
<a class="skip" href="#content">Skip to the content</a>
${bar(frame)}
${indenture()}
<main id="content" class="desk-content">
${view.back && html`<p class="back"><a href="${view.back.path}">${view.back.title}</a></p>`}
<h1>${view.title}</h1>
${view.body}
</main>
</body>
</html>
`;
  return document.toString();
}

function bar({ name, kind, navigation, sections, tools }: DeskFrame): Markup {
  return html`<header class="bar">
<div class="bar-top">
${mark()}<p class="bar-name"><span class="tenant">${name}</span> <span class="bar-kind">${kind}</span></p>
${tools}
</div>
<nav aria-label="${navigation}"><ul class="sections">
${sections.map(
  ({ path, title, isCurrent }) =>
    html`<li><a href="${path}"${isCurrent && html` aria-current="page"`}>${title}</a></li>`,
)}
</ul></nav>
</header>`;
}
