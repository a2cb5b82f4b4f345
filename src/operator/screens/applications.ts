import type { FastifyReply } from 'fastify';
import type { Client } from '../../applications/client.ts';
import { listClients } from '../../applications/clients.ts';
import { html } from '../../ui/html.ts';
import { type Column, dataTable } from '../layout/dataTable.ts';
import type { OperatorPage } from '../operatorRoute.ts';
import type { OperatorVisit } from '../visit.ts';
import { appTypeText } from './applicationText.ts';

const path = '/operator/applications';

/** Who may ask for tokens. */
export const applicationsPage: OperatorPage = { path, get: showApplications };

const columns: readonly Column<Client>[] = [
  {
    title: 'Name',
    cell: ({ clientId, name }) => html`<a href="${path}/${encodeURIComponent(clientId)}">${name}</a>`,
  },
  { title: 'Client id', cell: ({ clientId }) => html`<code>${clientId}</code>` },
  { title: 'Type', cell: ({ appType }) => appTypeText(appType), isExtra: true },
  { title: 'Multi-factor', cell: ({ mfaPolicy }) => mfaPolicy ?? 'as the tenant', isExtra: true },
];

async function showApplications(visit: OperatorVisit): Promise<FastifyReply> {
  const clients = await listClients(visit.parts.database.db);
  return visit.show({
    section: 'applications',
    title: 'Applications',
    body: html`<section class="card">
${dataTable('Applications', columns, clients, 'No applications yet.')}
</section>
<section class="card"><h2>Adding and changing applications</h2>
<p>That is done at the server’s command line, which also prints the client secret:</p>
<pre class="command"><code>countersign client create --name "My application" --app-type regular_web --callbacks https://app.example.com/callback</code></pre>
<p>A page in the browser without a server of its own is a <code>spa</code>, an app on a phone <code>native</code>, a service that acts for itself <code>non_interactive</code>. <code>countersign client --help</code> tells the rest.</p>
</section>`,
  });
}
