import { standOf } from '../../delivery/breaker.ts';
import { type Channel, channelNames, channels } from '../../delivery/channel.ts';
import type { DefaultWay } from '../../delivery/settingRoutes.ts';
import { listWatchedProviders, type WatchedProvider } from '../../delivery/watchedProviders.ts';
import { type Fragment, html, type Markup } from '../../ui/html.ts';
import { badge } from '../layout/badge.ts';
import { type Column, dataTable } from '../layout/dataTable.ts';
import { timeElement } from '../layout/timeElement.ts';
import type { OperatorVisit } from '../visit.ts';

const pluralNames: Readonly<Record<Channel, string>> = {
  sms: 'texts',
  voice: 'calls',
  email: 'e-mails',
  webpush: 'web pushes',
  apns: 'pushes to Apple devices',
  fcm: 'pushes to Android devices',
};

const list = new Intl.ListFormat('en-GB');

const ways: Readonly<Record<DefaultWay, Fragment>> = {
  'mail server': 'to the mail server of the settings',
  'push services': 'to the push services that the browsers named',
  outbox: html`to <a href="/dev/outbox">the outbox</a>`,
  none: 'nowhere',
};

/** Who takes the messages of each channel, and how to set that. */
export async function providerCard(visit: OperatorVisit): Promise<Markup> {
  const { database, clock, defaultWay } = visit.parts;
  const providers = await listWatchedProviders(database.db);
  const without = channels.filter((channel) => !providers.some((provider) => provider.channel === channel));
  const byWay = Object.entries(Object.groupBy(without, defaultWay)) as [DefaultWay, Channel[]][];
  return html`<section class="card"><h2>Providers</h2>
${dataTable('Providers', columnsAt(clock()), providers, 'None is set.')}
${byWay.map(
  ([way, those]) =>
    html`<p>Without a provider, ${list.format(those.map((channel) => pluralNames[channel]))} go ${ways[way]}.</p>`,
)}
<p>Providers are set at the server’s command line; credentials are read from a file, standard input or the environment and are never shown again:</p>
<pre class="command"><code>countersign provider set sms twilio account_sid=AC… from=+1… --credentials-file twilio.txt</code></pre>
</section>`;
}

function columnsAt(now: number): readonly Column<WatchedProvider>[] {
  return [
    { title: 'Channel', cell: ({ channel }) => channelNames[channel] },
    { title: 'Provider', cell: ({ name }) => name },
    { title: 'Role', cell: ({ role }) => role },
    { title: 'State', cell: (provider) => stateAt(now, provider) },
    { title: 'At a time', cell: ({ concurrency }) => concurrency, isExtra: true },
  ];
}

function stateAt(now: number, { breaker }: WatchedProvider): Markup {
  if (!breaker || standOf(breaker, now) === 'closed') return badge('working', 'good');
  return html`${badge('paused', 'bad')} after ${breaker.last_code ?? 'failures'}${
    breaker.retry_at !== null && html`, tried again at ${timeElement(breaker.retry_at)}`
  }`;
}
