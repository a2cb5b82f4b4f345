import type { FastifyReply } from 'fastify';
import type { Client } from '../../applications/client.ts';
import { findClient } from '../../applications/clients.ts';
import { type Fragment, html } from '../../ui/html.ts';
import { duration } from '../layout/duration.ts';
import { facts } from '../layout/facts.ts';
import { timeElement } from '../layout/timeElement.ts';
import type { OperatorPage } from '../operatorRoute.ts';
import type { OperatorVisit } from '../visit.ts';
import { appTypeText } from './applicationText.ts';
import { showNotFound } from './status.ts';

/** One application's settings, to read. Its secret stays at the command line (S-80). */
export const applicationPage: OperatorPage = { path: '/operator/applications/:client', get: showApplication };

const asTenant = 'as the tenant';

async function showApplication(visit: OperatorVisit): Promise<FastifyReply> {
  const client = await findClient(visit.parts.database.db, visit.segment('client'));
  if (!client) return showNotFound(visit);
  return visit.show({
    section: 'applications',
    title: client.name,
    back: { path: '/operator/applications', title: 'Applications' },
    body: html`<section class="card"><h2>Application</h2>
${facts([
  ['Client id', html`<code>${client.clientId}</code>`],
  ['Description', client.description],
  ['Type', appTypeText(client.appType)],
  ['Consent', client.isFirstParty ? 'not asked for: it is our own' : 'asked for: it is a third party’s'],
  ['Multi-factor policy', client.mfaPolicy ?? asTenant],
  ['A second factor counts', proofLifetimeText(client)],
  ['A remembered browser counts', rememberText(client)],
  ['Authenticates by', html`<code>${client.tokenEndpointAuthMethod}</code>`],
  ['Grant types', lines(client.grantTypes)],
  ['Created (UTC)', timeElement(client.createdAt)],
  ['Changed (UTC)', timeElement(client.updatedAt)],
])}
</section>
<section class="card"><h2>Addresses</h2>
${facts([
  ['Callbacks', lines(client.callbacks)],
  ['After sign-out', lines(client.allowedLogoutUrls)],
  ['Silent sign-in from', lines(client.webOrigins)],
  ['Calls from', lines(client.allowedOrigins)],
])}
</section>
<section class="card"><h2>Tokens</h2>
${facts(tokenFacts(client))}
</section>
<section class="card"><h2>Changing it</h2>
<pre class="command"><code>countersign client update ${client.clientId} --help</code></pre>
</section>`,
  });
}

function tokenFacts({ signingAlg, idTokenLifetimeSeconds, refreshToken }: Client) {
  const { expirationType, tokenLifetimeSeconds, idleTokenLifetimeSeconds } = refreshToken;
  const life =
    expirationType === 'non-expiring'
      ? 'no end'
      : `${duration(tokenLifetimeSeconds)}, or ${duration(idleTokenLifetimeSeconds)} without use`;
  return [
    ['ID tokens are signed with', signingAlg],
    ['ID tokens live', duration(idTokenLifetimeSeconds)],
    ['Refresh tokens', refreshToken.rotationType],
    ['Refresh tokens live', life],
  ] as const;
}

function proofLifetimeText({ proofMinutes }: Client): string {
  if (proofMinutes === undefined) return asTenant;
  return proofMinutes === 0 ? 'as long as the session or the refresh token' : duration(proofMinutes * 60);
}

function rememberText({ rememberBrowserDays: days }: Client): string {
  if (days === undefined) return asTenant;
  return days === 0 ? 'not at all' : duration(days * 86_400);
}

function lines(values: readonly string[]): Fragment {
  return values.length > 0 && html`<ul class="lines">${values.map((value) => html`<li>${value}</li>`)}</ul>`;
}
