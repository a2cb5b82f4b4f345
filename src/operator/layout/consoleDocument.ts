import type { Assets } from '../../ui/assets.ts';
import { type FormTarget, form } from '../../ui/form.ts';
import { type Fragment, html, type Markup } from '../../ui/html.ts';
import { indenture } from '../../ui/indenture.ts';
import { mark } from '../../ui/mark.ts';

const sections = {
  overview: { path: '/operator', title: 'Overview' },
  'multi-factor': { path: '/operator/multi-factor', title: 'Multi-factor' },
  users: { path: '/operator/users', title: 'Users' },
  logs: { path: '/operator/logs', title: 'Logs' },
  applications: { path: '/operator/applications', title: 'Applications' },
} as const;

/** One page of the console. */
export interface ConsoleView {
  section: keyof typeof sections;
  /** First heading and title of the window, as text. */
  title: string;
  /** The page above this one. */
  back?: { path: string; title: string };
  /** What has just been done. */
  notice?: string | undefined;
  body: Fragment;
}

/** What every page of one answer shares. */
export interface ConsoleFrame {
  assets: Assets;
  /** The tenant's name. */
  friendlyName: string;
  /** E-mail address of who is signed in. */
  operator: string;
  signOut: FormTarget;
}

/** The whole document: a bar with the tenant, the operator and the sections, the indented cut, the page. */
export function renderConsole(frame: ConsoleFrame, view: ConsoleView): string {
  const { assets, friendlyName } = frame;
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${view.title} · ${friendlyName} console</title>
<link rel="icon" href="${assets.path('icon.svg')}" type="image/svg+xml">
<link rel="stylesheet" href="${assets.path('style.css')}">
<script type="module" src="${assets.path('submitOnce.js')}"></script>
</head>
<body class="console">
<a class="skip" href="#content">Skip to the content</a>
${bar(frame, view)}
${indenture()}
<main id="content" class="console-content">
${view.back && html`<p class="back"><a href="${view.back.path}">${view.back.title}</a></p>`}
<h1>${view.title}</h1>
${view.notice && html`<p class="notice" role="status">${view.notice}</p>`}
${view.body}
</main>
</body>
</html>
`;
  return document.toString();
}

function bar({ friendlyName, operator, signOut }: ConsoleFrame, { section }: ConsoleView): Markup {
  const button = html`<button class="bar-button" type="submit">Sign out</button>`;
  return html`<header class="bar">
<div class="bar-top">
${mark()}<p class="bar-name"><span class="tenant">${friendlyName}</span> <span class="bar-kind">Operator console</span></p>
<p class="bar-operator">${operator}</p>
${form(signOut, 'sign-out', button)}
</div>
<nav aria-label="Console"><ul class="sections">
${Object.entries(sections).map(
  ([name, { path, title }]) =>
    html`<li><a href="${path}"${name === section && html` aria-current="page"`}>${title}</a></li>`,
)}
</ul></nav>
</header>`;
}
