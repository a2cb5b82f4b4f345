import type { FastifyReply } from 'fastify';
import { logOfPerson } from '../../accounts/logOfPerson.ts';
import { describeEvent, eventTypes } from '../../logs/eventTypes.ts';
import { readLog } from '../../logs/readLog.ts';
import { html, type Markup } from '../../ui/html.ts';
import { eventTable } from '../layout/eventTable.ts';
import { pageLinks, pathWith } from '../layout/pageLinks.ts';
import type { OperatorPage } from '../operatorRoute.ts';
import type { OperatorVisit } from '../visit.ts';

const path = '/operator/logs';
const perPage = 50;

/** What happened, newest first. */
export const logsPage: OperatorPage = { path, get: showLogs };

async function showLogs(visit: OperatorVisit): Promise<FastifyReply> {
  const { db } = visit.parts.database;
  const type = visit.parameter('type');
  const user = visit.parameter('user');
  const beforeId = visit.parameter('before');
  const filter = { type, beforeId, ...(user === undefined ? {} : await logOfPerson(db, user.trim())) };
  const events = await readLog(db, filter, perPage + 1);
  const shown = events.slice(0, perPage);
  return visit.show({
    section: 'logs',
    title: 'Logs',
    body: html`${filterForm(type, user)}
<section class="card">
${eventTable('Events', shown)}
${pageLinks([
  beforeId === undefined ? undefined : { path: pathWith(path, { type, user }), text: 'Newest events' },
  events.length > perPage
    ? { path: pathWith(path, { type, user, before: shown.at(-1)?.id }), text: 'Older events' }
    : undefined,
])}
</section>`,
  });
}

function filterForm(type: string | undefined, user: string | undefined): Markup {
  const option = (value: string, text: string) =>
    html`<option value="${value}"${value === (type ?? '') && html` selected`}>${text}</option>`;
  return html`<form class="filter" method="get" action="${path}" role="search">
<div class="field"><label for="type">Kind of event</label>
<div class="control"><select id="type" name="type">${option('', 'All events')}${eventTypes.map((code) =>
    option(code, `${describeEvent(code)} (${code})`),
  )}</select></div></div>
<div class="field"><label for="user">User: e-mail address or id</label>
<div class="control"><input id="user" name="user" type="text" autocomplete="off" autocapitalize="none" spellcheck="false" value="${user ?? ''}"></div></div>
<button class="secondary" type="submit">Show</button>
</form>`;
}
