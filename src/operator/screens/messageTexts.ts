import type { FastifyReply } from 'fastify';
import { listTemplates } from '../../delivery/templates/storedTemplates.ts';
import { templateKeys } from '../../delivery/templates/templateKey.ts';
import { html } from '../../ui/html.ts';
import { dataTable } from '../layout/dataTable.ts';
import type { OperatorPage } from '../operatorRoute.ts';
import type { OperatorVisit } from '../visit.ts';
import { languageName, messageName } from './messageNames.ts';

/** Every message there is, and where the operator's own words are sent. */
export const messageTextsPage: OperatorPage = { path: '/operator/messages', get: showTexts };

const done: Readonly<Record<string, string>> = {
  removed: 'Your words were removed. Ours are sent from the next message on.',
};

async function showTexts(visit: OperatorVisit): Promise<FastifyReply> {
  const stored = await listTemplates(visit.parts.database.db);
  const rows = templateKeys.map((key) => ({
    key,
    languages: stored
      .filter(({ key: { channel, name } }) => channel === key.channel && name === key.name)
      .map(({ language }) => languageName(language)),
  }));
  return visit.show({
    section: 'messages',
    title: 'Texts of messages',
    notice: done[visit.parameter('done') ?? ''],
    body: html`<section class="card">
<p>What is sent to people, in their language where there are words in it. Your own words come before ours.</p>
${dataTable(
  'Messages',
  [
    {
      title: 'Message',
      cell: ({ key }) =>
        html`<a href="/operator/messages/${key.channel}/${key.name}/all">${messageName(key)}</a>`,
    },
    {
      title: 'Your own words in',
      cell: ({ languages }) => languages.join(', ') || '–',
    },
  ],
  rows,
  'No messages.',
)}
</section>`,
  });
}
