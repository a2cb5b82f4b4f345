import { channelNames } from '../delivery/channel.ts';
import type { OutboxMail, OutboxMessage, OutboxPush } from '../delivery/readOutbox.ts';
import { segmentText } from '../delivery/templates/messageText.ts';
import { html, type Markup } from '../ui/html.ts';

/** Address of the outbox. */
export const outboxPath = '/dev/outbox';

type SmsOf = Extract<OutboxMessage, { channel: 'sms' }>;
type CallOf = Extract<OutboxMessage, { channel: 'voice' }>;

/** What a message is called: the subject of an e-mail, else its channel. */
export function messageTitle(message: OutboxMessage): string {
  return message.channel === 'email' ? message.subject : channelNames[message.channel];
}

/** One message of the list, as it reaches the person. */
export function outboxItem(message: OutboxMessage): Markup {
  const { id, channel, to, createdAt } = message;
  return html`<li class="item" id="${id}" data-to="${to}">
<h2 class="subject"><a href="${outboxPath}/${id}">${messageTitle(message)}</a></h2>
<p class="meta">${channel === 'email' && html`${channelNames.email} · `}${to} · ${timeElement(createdAt)}</p>
${bodyOf(message)}
${codeOf(message)}
</li>`;
}

/** The message as the person gets it, without an e-mail's frame, which the pages place differently. */
function bodyOf(message: OutboxMessage): Markup {
  switch (message.channel) {
    case 'sms':
      return bubble(message);
    case 'voice':
      return call(message);
    case 'email':
      return html`<details class="letter"><summary>Show the e-mail</summary>${letter(message)}</details>`;
    case 'webpush':
    case 'apns':
    case 'fcm':
      return notification(message);
  }
}

/** A request as a locked telephone shows it. Nothing here answers it: that takes the device's own key. */
export function notification({ title, text, createdAt }: OutboxPush): Markup {
  return html`<div class="phone"><div class="notification"><p class="notification-title">${title}</p><p>${text}</p></div>
<p class="bubble-note">${timeElement(createdAt)}. It is answered on the device.</p></div>`;
}

/** A text as a telephone shows it. */
export function bubble({ text }: SmsOf): Markup {
  return html`<div class="phone"><p class="bubble">${text}</p><p class="bubble-note">${segmentText(text)}</p></div>`;
}

/** What a voice says, with a button that says it where the browser can. */
export function call({ phrases, language }: CallOf): Markup {
  const lines = phrases.map(
    ({ text, pauseAfterSeconds = 0 }) =>
      html`<li data-pause="${String(pauseAfterSeconds)}"><span class="said">${text}</span>${
        pauseAfterSeconds > 0 && html` <small class="pause" lang="en">${pauseAfterSeconds} s</small>`
      }</li>`,
  );
  return html`<div class="call" lang="${language}" data-call><ol class="transcript">${lines}</ol>
<button type="button" class="tool" lang="en" data-speak hidden>Speak</button></div>`;
}

/** An e-mail as a program shows it: in a frame where it runs nothing. */
export function letter({ id }: Pick<OutboxMail, 'id'>): Markup {
  return html`<iframe class="message" src="${outboxPath}/${id}/html" title="The message" loading="lazy" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`;
}

/** The code by itself, with a button that copies it. */
export function codeOf({ code }: OutboxMessage): Markup | undefined {
  if (code === undefined) return undefined;
  return html`<p class="code-line"><span class="unseen">Code: </span><code class="sent-code">${code}</code> <button type="button" class="tool" data-copy="${code}" hidden>Copy code</button></p>`;
}

/** In UTC: `2026-01-15 12:00:00 UTC`. */
export function timeElement(at: number): Markup {
  const iso = new Date(at).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')} UTC</time>`;
}
