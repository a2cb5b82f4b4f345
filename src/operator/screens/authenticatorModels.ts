import type { FastifyReply } from 'fastify';
import { html } from '../../ui/html.ts';
import { listModels, type StoredModel } from '../../webauthn/models/storedModels.ts';
import { badge } from '../layout/badge.ts';
import { type Column, dataTable } from '../layout/dataTable.ts';
import { pageLinks, pathWith } from '../layout/pageLinks.ts';
import { timeElement } from '../layout/timeElement.ts';
import type { OperatorPage } from '../operatorRoute.ts';
import type { OperatorVisit } from '../visit.ts';

/** Where the models are listed. */
export const modelsPath = '/operator/multi-factor/models';
const perPage = 50;

/** The models of security keys and devices that imported metadata tells of. */
export const authenticatorModelsPage: OperatorPage = { path: modelsPath, get: showModels };

const columns: readonly Column<StoredModel>[] = [
  { title: 'Model', cell: ({ description }) => description },
  { title: 'AAGUID', cell: ({ aaguid }) => html`<code>${aaguid}</code>`, isExtra: true },
  {
    title: 'State',
    cell: ({ isCompromised }) => (isCompromised ? badge('compromised', 'bad') : badge('ok', 'good')),
  },
  { title: 'Certification', cell: ({ certification }) => certification ?? '–', isExtra: true },
];

async function showModels(visit: OperatorVisit): Promise<FastifyReply> {
  const text = visit.parameter('q') ?? '';
  const models = await listModels(visit.parts.database.db);
  const found = models.filter(({ aaguid, description }) =>
    `${description} ${aaguid}`.toLowerCase().includes(text.toLowerCase()),
  );
  const pages = Math.max(1, Math.ceil(found.length / perPage));
  const page = Math.min(pages, Math.max(1, Number.parseInt(visit.parameter('page') ?? '', 10) || 1));
  const at = (number: number) =>
    pathWith(modelsPath, { q: text, page: number > 1 ? String(number) : undefined });
  const importedAt = models[0]?.storedAt;
  return visit.show({
    section: 'multi-factor',
    title: 'Models of security keys and devices',
    back: { path: '/operator/multi-factor', title: 'Multi-factor' },
    body: html`<section class="card"><h2>Where they come from</h2>
<p>${
      importedAt === undefined
        ? 'None were imported yet. Without them every model may be set up, and none can prove what it is.'
        : html`Imported at ${timeElement(importedAt)} UTC. A compromised model can’t be set up any more; which others may is a setting of the factor.`
    }</p>
<p>The FIDO Alliance publishes the metadata of most models and renews it every month. The server never fetches it by itself:</p>
<pre class="command"><code>curl -fsSLo blob.jwt https://mds3.fidoalliance.org/
countersign authenticator-model import blob.jwt</code></pre></section>
${
  models.length > 0 &&
  html`<form class="filter" method="get" action="${modelsPath}" role="search">
<div class="field"><label for="q">Part of the name or AAGUID</label>
<div class="control"><input id="q" name="q" type="text" autocomplete="off" autocapitalize="none" spellcheck="false" value="${text}"></div></div>
<button class="secondary" type="submit">Search</button>
</form>
<section class="card"><h2>${found.length === 1 ? '1 model' : `${found.length} models`}</h2>
${dataTable('Models', columns, found.slice((page - 1) * perPage, page * perPage), 'No such model.')}
${pageLinks([
  page > 1 ? { path: at(page - 1), text: 'Before' } : undefined,
  page < pages ? { path: at(page + 1), text: 'More' } : undefined,
])}
</section>`
}`,
  });
}
