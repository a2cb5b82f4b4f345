import type { OutboxMessage } from '../delivery/readOutbox.ts';
import type { Assets } from '../ui/assets.ts';
import { type DeskView, renderDesk } from '../ui/desk.ts';
import { html, type Markup } from '../ui/html.ts';
import {
  bubble,
  call,
  codeOf,
  letter,
  messageTitle,
  notification,
  outboxItem,
  outboxPath,
  timeElement,
} from './outboxItem.ts';

/** What the list shows. */
export interface OutboxList {
  /** Newest first. */
  messages: readonly OutboxMessage[];
  /** Everybody who was written to. */
  recipients: readonly string[];
  /** Whose messages these are; absent for everybody's. */
  to?: string | undefined;
}

/** All messages, newest first; a script keeps the list up to date. */
export function listPage(assets: Assets, { messages, recipients, to }: OutboxList): string {
  return page(assets, {
    windowTitle: 'Outbox',
    title: 'Outbox',
    body: html`<p class="lead">Texts, calls, e-mails and requests to devices that this server would have sent. They are kept here because it runs in development mode.</p>
${filter(recipients, to)}
<p class="unseen" role="status" data-news></p>
<p class="card" data-empty${messages.length > 0 && html` hidden`}>No messages yet. Sign up, ask for a new password or set up a second factor, then come back.</p>
<ol class="messages" data-live>${messages.map(outboxItem)}</ol>
<p data-reload><a class="tool" href="${to === undefined ? outboxPath : `${outboxPath}?to=${encodeURIComponent(to)}`}">Refresh</a></p>`,
  });
}

/** One message in all its forms, its links set apart. */
export function messagePage(assets: Assets, message: OutboxMessage): string {
  const { to, links, createdAt } = message;
  const title = messageTitle(message);
  return page(assets, {
    windowTitle: `${title} · Outbox`,
    title,
    back: { path: outboxPath, title: 'Outbox' },
    body: html`<section class="card"><dl class="facts"><dt>To</dt><dd>${to}</dd><dt>Time</dt><dd>${timeElement(createdAt)}</dd></dl>${codeOf(message)}</section>
${links.length > 0 && linkList(links)}
${formsOf(message)}`,
  });
}

/** The message is not there, or no longer. */
export function missingPage(assets: Assets): string {
  return page(assets, {
    windowTitle: 'No such message · Outbox',
    title: 'No such message',
    back: { path: outboxPath, title: 'Outbox' },
    body: html`<p class="lead">It may be too old: messages are removed after a while.</p>`,
  });
}

function formsOf(message: OutboxMessage): Markup {
  switch (message.channel) {
    case 'sms':
      return html`<section class="card"><h2>As a telephone shows it</h2>${bubble(message)}</section>`;
    case 'voice':
      return html`<section class="card"><h2>What is said</h2>${call(message)}</section>`;
    case 'email':
      return html`<section class="card"><h2>As an e-mail program shows it</h2>${letter(message)}</section>
<section class="card"><h2>As plain text</h2>
<pre class="plain">${message.text}</pre></section>`;
    case 'webpush':
    case 'apns':
    case 'fcm':
      return html`<section class="card"><h2>As a locked telephone shows it</h2>${notification(message)}</section>
<section class="card"><h2>What the device fetches</h2><dl class="facts"><dt>Application</dt><dd>${message.application}</dd><dt>Device</dt><dd><code>${message.deviceId}</code></dd><dt>Until</dt><dd>${timeElement(message.expiresAt)}</dd></dl></section>`;
  }
}

/** Where else there is something to see in development. */
const sections = [
  { path: outboxPath, title: 'Outbox', isCurrent: true },
  { path: '/demo', title: 'Demo', isCurrent: false },
  { path: '/operator', title: 'Operator console', isCurrent: false },
  { path: '/docs', title: 'API', isCurrent: false },
];

const scripts = ['liveList', 'copyCode', 'speakCall'];

function page(assets: Assets, view: DeskView): string {
  const frame = {
    assets,
    name: 'Countersign',
    kind: 'Development',
    navigation: 'Development',
    sections,
    scripts,
  };
  return renderDesk(frame, { ...view, body: html`<div class="outbox">${view.body}</div>` });
}

function filter(recipients: readonly string[], to: string | undefined): Markup {
  const known = to === undefined || recipients.includes(to) ? recipients : [to, ...recipients];
  const option = (value: string, text: string) =>
    html`<option value="${value}"${value === (to ?? '') && html` selected`}>${text}</option>`;
  return html`<form class="filter" method="get" action="${outboxPath}">
<div class="field"><label for="to">Sent to</label>
<select id="to" name="to">${option('', 'Everybody')}${known.map((recipient) => option(recipient, recipient))}</select></div>
<button class="button secondary" type="submit">Show</button>
</form>`;
}

function linkList(links: readonly string[]): Markup {
  return html`<section class="card"><h2>Links</h2>
<ul class="links">${links.map((link) => html`<li><a href="${link}">${link}</a></li>`)}</ul></section>`;
}
