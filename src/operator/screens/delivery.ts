import type { FastifyReply } from 'fastify';
import { type Channel, channelNames, channels } from '../../delivery/channel.ts';
import { type LoggedMessage, type MessageStatus, readDeliveryLog } from '../../delivery/deliveryLog.ts';
import { html, type Markup } from '../../ui/html.ts';
import { badge, type Tone } from '../layout/badge.ts';
import { type Column, dataTable } from '../layout/dataTable.ts';
import { pageLinks, pathWith } from '../layout/pageLinks.ts';
import { timeElement } from '../layout/timeElement.ts';
import type { OperatorPage } from '../operatorRoute.ts';
import type { OperatorVisit } from '../visit.ts';
import { prefixCard } from './prefixes.ts';
import { providerCard } from './providers.ts';

const path = '/operator/delivery';
const perPage = 50;

/** Who takes messages, where too few codes come back, and what became of each message. */
export const deliveryPage: OperatorPage = { path, get: showDelivery };

const done: Readonly<Record<string, string>> = {
  resumed: 'The pause was lifted. Codes go there again, and are counted anew.',
};

const statuses: Readonly<Record<MessageStatus, readonly [text: string, tone: Tone]>> = {
  queued: ['waiting', 'open'],
  sending: ['being sent', 'open'],
  sent: ['sent', 'good'],
  delivered: ['delivered', 'good'],
  undelivered: ['not delivered', 'bad'],
  failed: ['failed', 'bad'],
  dead: ['too late', 'bad'],
};

async function showDelivery(visit: OperatorVisit): Promise<FastifyReply> {
  const { db } = visit.parts.database;
  const channel = oneOf(channels, visit.parameter('channel'));
  const status = oneOf(Object.keys(statuses) as MessageStatus[], visit.parameter('status'));
  const userId = visit.parameter('user');
  const beforeId = visit.parameter('before');
  const filter = { channel, status, userId, beforeId };
  const messages = await readDeliveryLog(db, filter, perPage + 1);
  const shown = messages.slice(0, perPage);
  const narrowed = { channel, status, user: userId };
  return visit.show({
    section: 'delivery',
    title: 'Delivery',
    notice: done[visit.parameter('done') ?? ''],
    body: html`${await providerCard(visit)}
${await prefixCard(visit)}
${filterForm(channel, status, userId)}
<section class="card"><h2>Messages</h2>
${dataTable('Messages', columns, shown, 'No messages.')}
${pageLinks([
  beforeId === undefined ? undefined : { path: pathWith(path, narrowed), text: 'Newest messages' },
  messages.length > perPage
    ? { path: pathWith(path, { ...narrowed, before: shown.at(-1)?.id }), text: 'Older messages' }
    : undefined,
])}
</section>`,
  });
}

const columns: readonly Column<LoggedMessage>[] = [
  { title: 'Time', cell: ({ createdAt }) => timeElement(createdAt) },
  { title: 'Channel', cell: ({ channel }) => channelNames[channel], isExtra: true },
  {
    title: 'To',
    cell: ({ to = '–', userId }) =>
      userId === undefined ? to : html`<a href="/operator/users/${encodeURIComponent(userId)}">${to}</a>`,
  },
  { title: 'Message', cell: ({ template }) => html`<code>${template}</code>`, isExtra: true },
  {
    title: 'Status',
    cell: ({ status, lastError }) => {
      const [text, tone] = statuses[status];
      return html`${badge(text, tone)} ${lastError && html`<code>${lastError}</code>`}`;
    },
  },
  {
    title: 'Provider',
    cell: ({ provider, providerMessageId }) =>
      html`${provider ?? '–'} ${providerMessageId && html`<code>${providerMessageId}</code>`}`,
    isExtra: true,
  },
  { title: 'Tries', cell: ({ attempts }) => attempts, isExtra: true },
  {
    title: 'Took',
    cell: ({ latencyMs }) => (latencyMs === undefined ? '–' : `${(latencyMs / 1000).toFixed(1)} s`),
    isExtra: true,
  },
  { title: 'Cost', cell: ({ cost }) => (cost ? `${cost.amount} ${cost.currency}` : '–'), isExtra: true },
];

function filterForm(
  channel: Channel | undefined,
  status: MessageStatus | undefined,
  user: string | undefined,
): Markup {
  const option = (value: string, text: string, chosen = '') =>
    html`<option value="${value}"${value === chosen && html` selected`}>${text}</option>`;
  return html`<form class="filter" method="get" action="${path}" role="search">
<div class="field"><label for="channel">Channel</label>
<div class="control"><select id="channel" name="channel">${option('', 'All channels', channel)}${Object.entries(
    channelNames,
  ).map(([value, text]) => option(value, text, channel))}</select></div></div>
<div class="field"><label for="status">Status</label>
<div class="control"><select id="status" name="status">${option('', 'Any status', status)}${Object.entries(
    statuses,
  ).map(([value, [text]]) => option(value, text, status))}</select></div></div>
<div class="field"><label for="user">User id</label>
<div class="control"><input id="user" name="user" type="text" autocomplete="off" autocapitalize="none" spellcheck="false" value="${user ?? ''}"></div></div>
<button class="secondary" type="submit">Show</button>
</form>`;
}

function oneOf<T extends string>(known: readonly T[], value: string | undefined): T | undefined {
  return known.find((candidate) => candidate === value);
}
