import type { FastifyReply } from 'fastify';
import { describeEvent } from '../../logs/eventTypes.ts';
import { findEvent } from '../../logs/readLog.ts';
import { html } from '../../ui/html.ts';
import { userLink } from '../layout/eventTable.ts';
import { facts } from '../layout/facts.ts';
import { timeElement } from '../layout/timeElement.ts';
import type { OperatorPage } from '../operatorRoute.ts';
import type { OperatorVisit } from '../visit.ts';
import { showNotFound } from './status.ts';

/** One event with all that the log has of it. */
export const logEventPage: OperatorPage = { path: '/operator/logs/:event', get: showEvent };

async function showEvent(visit: OperatorVisit): Promise<FastifyReply> {
  const event = await findEvent(visit.parts.database.db, visit.segment('event'));
  if (!event) return showNotFound(visit);
  const code = (text: string | undefined) => text && html`<code>${text}</code>`;
  return visit.show({
    section: 'logs',
    title: event.description,
    back: { path: '/operator/logs', title: 'Logs' },
    body: html`<section class="card">
${facts([
  ['Time (UTC)', timeElement(event.date)],
  ['Kind', html`${code(event.type)} ${describeEvent(event.type)}`],
  ['User', userLink(event)],
  ['User id', code(event.userId)],
  ['Connection', event.connection],
  ['Application', event.clientName],
  ['Client id', code(event.clientId)],
  ['Address', event.ip],
  ['Browser', event.userAgent],
  ['API', event.audience],
  ['Scope', event.scope],
  ['Event id', code(event.id)],
])}
</section>
<section class="card"><h2>Details</h2>
<pre class="details" tabindex="0" role="region" aria-label="Details"><code>${JSON.stringify(event.details, null, 2)}</code></pre>
</section>`,
  });
}
