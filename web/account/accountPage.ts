import { html } from '../../src/ui/html.ts';
import { type IconName, icon } from '../../src/ui/icon.ts';
import { indenture } from '../../src/ui/indenture.ts';
import { mark } from '../../src/ui/mark.ts';

/** What the page's script starts from. Nothing of it is secret: the page is sent to anybody. */
export interface AccountConfig {
  issuer: string;
  clientId: string;
  /** Of the tenant. */
  name: string;
  /** BCP 47 tags of the tenant's languages, the default first. */
  locales: readonly string[];
  supportEmail?: string | undefined;
  supportUrl?: string | undefined;
}

/** Pictures that the script takes from the page. */
const pictures: readonly IconName[] = [
  'authenticator-app',
  'recovery-code',
  'phone',
  'email',
  'security-key',
  'device',
  'request',
  'copy',
  'download',
  'print',
  'forward',
  'notice',
];

/**
 * The page as it comes, before its script fills it: a bar with the tenant's name, the indented cut, and a
 * place for everything else.
 */
export function accountPage(config: AccountConfig, folder: string, modules: readonly string[]): string {
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${config.name}</title>
<link rel="icon" href="${folder}/icon.svg" type="image/svg+xml">
${['base', 'slip', 'desk', 'account'].map(
  (sheet) => html`<link rel="stylesheet" href="${folder}/${sheet}.css">
`,
)}${modules.map(
  (name) => html`<link rel="modulepreload" href="${folder}/${name}">
`,
)}<script src="${folder}/auth0-spa-js.js" defer></script>
<script src="${folder}/simplewebauthn-browser.js" defer></script>
<script src="${folder}/main.js" type="module"></script>
</head>
<body class="desk" data-config="${JSON.stringify(config)}">
<header class="bar">
<div class="bar-top">
${mark()}<p class="bar-name"><span class="tenant">${config.name}</span></p>
<div class="bar-tools" id="tools"></div>
</div>
</header>
${indenture()}
<main id="content" class="desk-content">
<noscript><h1>This page needs JavaScript</h1><p>Signing in works without it. To change how you sign in, switch it on for this site.</p></noscript>
</main>
<div class="news" id="news" role="status"></div>
<template id="pictures">${pictures.map(icon)}</template>
</body>
</html>
`;
  return document.toString();
}
