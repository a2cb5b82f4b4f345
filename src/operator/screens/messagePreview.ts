import type { FastifyReply } from 'fastify';
import type { WordedMessage } from '../../delivery/channel.ts';
import { checkTemplate, faultText } from '../../delivery/templates/checkTemplate.ts';
import { segmentText } from '../../delivery/templates/messageText.ts';
import { previewTemplate } from '../../delivery/templates/previewTemplate.ts';
import type { TemplateKey, TemplateParts } from '../../delivery/templates/templateKey.ts';
import { html, type Markup } from '../../ui/html.ts';
import type { OperatorVisit } from '../visit.ts';

/** Runs nothing, sends nothing, opens nothing; pictures may come from where the operator keeps them. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox";

/** The message that words in the form make of sample values, or what is wrong with them; as a frame's content. */
export async function showPreview(
  visit: OperatorVisit,
  key: TemplateKey,
  language: string,
  parts: TemplateParts,
): Promise<FastifyReply> {
  const faults = await checkTemplate(key, parts);
  const content =
    faults.length > 0
      ? html`<p>This can’t be sent:</p><ul>${faults.map((fault) => html`<li>${faultText(fault)}</li>`)}</ul>`
      : messageOf(await preview(visit, key, language, parts));
  return visit.reply
    .header('content-security-policy', policy)
    .header('x-frame-options', 'SAMEORIGIN')
    .type('text/html; charset=utf-8')
    .send(frame(content).toString());
}

async function preview(visit: OperatorVisit, key: TemplateKey, language: string, parts: TemplateParts) {
  const { publicUrl } = visit.parts;
  return previewTemplate(key, parts, { publicUrl, language, sender: await visit.settings() });
}

function messageOf(message: WordedMessage): Markup {
  if ('phrases' in message) {
    return html`<ol>${message.phrases.map(
      ({ text, pauseAfterSeconds = 0 }) =>
        html`<li>${text}${pauseAfterSeconds > 0 && html` <small>${pauseAfterSeconds} s pause</small>`}</li>`,
    )}</ol><p><small>Spoken in ${message.language}</small></p>`;
  }
  if ('subject' in message) {
    return html`${message.from !== undefined && html`<p><small>Sender</small> ${message.from}</p>`}
<p><small>Subject</small> <b>${message.subject}</b></p>
<iframe title="The HTML" sandbox srcdoc="${message.html}"></iframe>
<p><small>Plain text</small></p><pre>${message.text}</pre>`;
  }
  return html`<pre class="bubble">${message.text}</pre><p><small>${segmentText(message.text)}</small></p>`;
}

function frame(content: Markup): Markup {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Preview</title>
<style>
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0.75rem; overflow-wrap: anywhere; }
small { opacity: 0.8; }
pre { margin: 0; font: inherit; white-space: pre-wrap; }
.bubble { display: inline-block; max-width: 22rem; padding: 0.6rem 0.9rem; border-radius: 1.1rem 1.1rem 1.1rem 0.3rem; background: light-dark(#e4ebe8, #2b3a37); }
iframe { width: 100%; height: 34rem; border: 1px solid light-dark(#d5dfdb, #2b3a37); border-radius: 0.5rem; background: #fff; }
</style>
</head>
<body>${content}</body>
</html>
`;
}
