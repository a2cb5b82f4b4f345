import type { FastifyReply } from 'fastify';
import { operatorConnection } from '../../accounts/operators.ts';
import { type AccountGroup, searchUsers } from '../../accounts/searchUsers.ts';
import type { User } from '../../accounts/users.ts';
import { type Fragment, html } from '../../ui/html.ts';
import { badge } from '../layout/badge.ts';
import { type Column, dataTable } from '../layout/dataTable.ts';
import { pageLinks, pathWith } from '../layout/pageLinks.ts';
import { timeElement, timeOrNever } from '../layout/timeElement.ts';
import type { OperatorPage } from '../operatorRoute.ts';
import type { OperatorVisit } from '../visit.ts';

const path = '/operator/users';
const perPage = 25;
const mostPages = 10_000;

/** People's accounts, found by their address. */
export const usersPage: OperatorPage = { path, get: showUsers };

const columns: readonly Column<User>[] = [
  {
    title: 'E-mail address',
    cell: ({ id, email }) => html`<a href="${path}/${encodeURIComponent(id)}">${email}</a>`,
  },
  { title: 'State', cell: stateOf },
  { title: 'Name', cell: ({ name }) => name, isExtra: true },
  { title: 'Last sign-in (UTC)', cell: ({ lastLoginAt }) => timeOrNever(lastLoginAt), isExtra: true },
  { title: 'Created (UTC)', cell: ({ createdAt }) => timeElement(createdAt), isExtra: true },
];

async function showUsers(visit: OperatorVisit): Promise<FastifyReply> {
  const text = visit.parameter('q') ?? '';
  const group = visit.parameter('of') === 'operators' ? 'operators' : 'people';
  const page = pageNumber(visit.parameter('page'));
  const found = await searchUsers(visit.parts.database.db, {
    group,
    text,
    offset: (page - 1) * perPage,
    limit: perPage + 1,
  });
  const of = group === 'operators' ? group : undefined;
  const at = (number: number) =>
    pathWith(path, { q: text, of, page: number > 1 ? String(number) : undefined });
  const option = (value: AccountGroup, label: string) =>
    html`<option value="${value}"${value === group && html` selected`}>${label}</option>`;
  return visit.show({
    section: 'users',
    title: 'Users',
    body: html`<form class="filter" method="get" action="${path}" role="search">
<div class="field"><label for="q">Part of the e-mail address</label>
<div class="control"><input id="q" name="q" type="text" inputmode="email" autocomplete="off" autocapitalize="none" spellcheck="false" value="${text}"></div></div>
<div class="field"><label for="of">Whose accounts</label>
<div class="control"><select id="of" name="of">${option('people', 'People who sign in')}${option('operators', 'Operators of this server')}</select></div></div>
<button class="secondary" type="submit">Search</button>
</form>
<section class="card">
${dataTable('Users', columns, found.slice(0, perPage), text === '' ? 'No accounts yet.' : 'Nobody with such an address.')}
${pageLinks([
  page > 1 ? { path: at(page - 1), text: 'Newer accounts' } : undefined,
  found.length > perPage ? { path: at(page + 1), text: 'Older accounts' } : undefined,
])}
</section>`,
  });
}

/** What an operator should see at once. */
export function stateOf({ connection, emailVerified, blocked }: User): Fragment {
  return [
    connection === operatorConnection && badge('operator'),
    blocked && badge('blocked', 'bad'),
    !emailVerified && badge('not verified', 'open'),
  ].map((state) => state && html`${state} `);
}

function pageNumber(text: string | undefined): number {
  return text !== undefined && /^\d{1,5}$/.test(text) ? Math.min(mostPages, Math.max(1, Number(text))) : 1;
}
