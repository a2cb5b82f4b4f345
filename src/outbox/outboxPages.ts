import { html } from 'hono/html';
import type { OutboxMessage } from '../delivery/readOutbox.ts';

type Page = ReturnType<typeof html>;

/** All messages, newest first. */
export function listPage(messages: readonly OutboxMessage[]): Page {
  const content = messages.length === 0 ? emptyList() : list(messages);
  return frame(
    'Outbox',
    html`<h1>Outbox</h1>
<p class="lead">Messages this server would have sent by e-mail. They are kept here because it runs in development mode.</p>
${content}
<p><a class="button" href="/dev/outbox">Refresh</a></p>`,
  );
}

/** One message in both its forms, its links set apart. */
export function messagePage({ id, to, subject, text, links, createdAt }: OutboxMessage): Page {
  return frame(
    subject,
    html`<p><a href="/dev/outbox">← Outbox</a></p>
<h1>${subject}</h1>
<dl><dt>To</dt><dd>${to}</dd><dt>Time</dt><dd>${timeElement(createdAt)}</dd></dl>
${links.length === 0 ? '' : linkList(links)}
<h2>As an e-mail program shows it</h2>
<iframe src="/dev/outbox/${id}/html" title="The message" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>
<h2>As plain text</h2>
<pre>${text}</pre>`,
  );
}

/** The message is not there, or no longer. */
export function missingPage(): Page {
  return frame(
    'No such message',
    html`<h1>No such message</h1>
<p><a href="/dev/outbox">To the outbox</a></p>`,
  );
}

function frame(title: string, content: Page): Page {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="stylesheet" href="/dev/outbox/outbox.css">
</head>
<body>
<main>${content}</main>
</body>
</html>
`;
}

function emptyList(): Page {
  return html`<p class="empty">No messages yet. Sign up, ask for a new password or set up a second factor, then come back.</p>`;
}

function list(messages: readonly OutboxMessage[]): Page {
  return html`<ol class="messages">${messages.map(
    ({ id, to, subject, createdAt }) => html`<li><a href="/dev/outbox/${id}">
<span class="subject">${subject}</span>
<span class="meta">${to} · ${timeElement(createdAt)}</span>
</a></li>`,
  )}</ol>`;
}

function linkList(links: readonly string[]): Page {
  return html`<h2>Links</h2>
<ul class="links">${links.map((link) => html`<li><a href="${link}">${link}</a></li>`)}</ul>`;
}

function timeElement(at: number): Page {
  const iso = new Date(at).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')} UTC</time>`;
}
