import type { FastifyReply } from 'fastify';
import type { Db } from '../../database/database.ts';
import { readLog } from '../../logs/readLog.ts';
import type { BrowserView } from '../../mfa/browsers/browserDesk.ts';
import type { MethodView } from '../../mfa/methodViews.ts';
import type { FactorRegistry } from '../../mfa/registry.ts';
import { html, type Markup } from '../../ui/html.ts';
import { findModel } from '../../webauthn/models/storedModels.ts';
import { type Account, userActs } from '../acts/userActs.ts';
import { badge } from '../layout/badge.ts';
import { browserText } from '../layout/browserText.ts';
import { type Column, dataTable } from '../layout/dataTable.ts';
import { eventTable } from '../layout/eventTable.ts';
import { facts } from '../layout/facts.ts';
import { pathWith } from '../layout/pageLinks.ts';
import { timeElement, timeOrNever } from '../layout/timeElement.ts';
import type { OperatorPage } from '../operatorRoute.ts';
import type { OperatorVisit } from '../visit.ts';
import { accountOf, pathOfUser } from './account.ts';
import { forgettingDone, forgettingPathOf } from './browserForgetting.ts';
import { methodTitle, removalDone, removalPathOf } from './methodRemoval.ts';
import { showNotFound } from './status.ts';
import { mayGetPass, passPathOf } from './temporaryPass.ts';

/** One account: how it stands, what it signs in with, what happened to it, what can be done. */
export const userPage: OperatorPage = { path: '/operator/users/:user', get: showUser };

const recentEvents = 10;

async function showUser(visit: OperatorVisit): Promise<FastifyReply> {
  const { database, engine } = visit.parts;
  const account = await accountOf(visit);
  if (!account) return showNotFound(visit);
  const { user, methods, browsers } = account;
  const columns = methodColumns(engine.registry, account, await modelNames(database.db, methods));
  const events = await readLog(database.db, { userIds: [user.id] }, recentEvents);
  const done = [...userActs, removalDone, forgettingDone].find(
    ({ name }) => name === visit.parameter('done'),
  );
  return visit.show({
    section: 'users',
    title: user.email,
    back: { path: '/operator/users', title: 'Users' },
    notice: done?.done,
    body: html`${identity(account)}
<section class="card"><h2>Second factors</h2>
${dataTable('Authentication methods', columns, methods, 'No second factor is set up.')}
</section>
<section class="card"><h2>Remembered browsers</h2>
${dataTable('Remembered browsers', browserColumns(account), browsers, 'No browser is remembered.')}
</section>
<section class="card"><h2>What you can do</h2>
${actLinks(account)}
</section>
<section class="card"><h2>Recent events</h2>
${eventTable('Recent events', events, 'user')}
<p><a href="${pathWith('/operator/logs', { user: user.id })}">All events of this user</a></p>
</section>`,
  });
}

function identity({ user, lockedUntil, isOwn }: Account): Markup {
  return html`<section class="card"><h2>Account</h2>
${facts([
  ['User id', html`<code>${user.id}</code>`],
  ['Connection', user.connection],
  ['E-mail address', user.emailVerified ? badge('verified', 'good') : badge('not verified', 'open')],
  ['Access', user.blocked ? badge('blocked', 'bad') : badge('may sign in', 'good')],
  [
    'Second factor',
    lockedUntil === undefined
      ? badge('not locked', 'good')
      : html`${badge('locked', 'bad')} until ${timeElement(lockedUntil)} UTC`,
  ],
  ['Name', user.name],
  ['Created (UTC)', timeElement(user.createdAt)],
  ['Last sign-in (UTC)', timeOrNever(user.lastLoginAt)],
  ['Sign-ins', String(user.loginsCount)],
])}
${isOwn && html`<p class="row-note">This is your own account. Another operator, or the command line, can block it or reset its second factors.</p>`}
</section>`;
}

/** Names of the models that these methods tell, by AAGUID. */
async function modelNames(db: Db, methods: readonly MethodView[]): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const { credential } of methods) {
    const model = credential?.aaguid === undefined ? undefined : await findModel(db, credential.aaguid);
    if (model) names.set(model.aaguid, model.description);
  }
  return names;
}

function methodColumns(
  registry: FactorRegistry,
  { user, methods, isOwn }: Account,
  models: ReadonlyMap<string, string>,
): Column<MethodView>[] {
  const key: Column<MethodView> = {
    title: 'Key',
    cell: ({ credential }) => (credential ? keyText(credential, models) : '–'),
  };
  const removal: Column<MethodView> = {
    title: 'Removal',
    cell: (method) =>
      html`<a class="tool danger" href="${removalPathOf(user.id, method.id)}" aria-label="Remove: ${methodTitle(registry, method)}">Remove</a>`,
  };
  return [
    {
      title: 'Factor',
      cell: (method) =>
        html`${methodTitle(registry, method)}${!method.isConfirmed && html` ${badge('not confirmed', 'open')}`}${method.unreachable !== undefined && html` ${badge('gets no notifications', 'open')}`}${method.remaining !== undefined && html` ${badge(`${method.remaining} left`, method.remaining > 3 ? 'plain' : 'open')}`}${method.expiresAt !== undefined && html` <span class="row-note">ends ${timeElement(method.expiresAt)} UTC</span>`}`,
    },
    ...(methods.some(({ credential }) => credential) ? [key] : []),
    { title: 'Set up (UTC)', cell: ({ createdAt }) => timeElement(createdAt), isExtra: true },
    { title: 'Last used (UTC)', cell: ({ lastUsedAt }) => timeOrNever(lastUsedAt) },
    ...(isOwn ? [] : [removal]),
  ];
}

/** Where a credential lives, and in what: a model that wasn't proved is only what the authenticator says. */
function keyText(
  { aaguid, isModelProved, isSynced }: NonNullable<MethodView['credential']>,
  models: ReadonlyMap<string, string>,
): Markup {
  const place = isSynced ? badge('synced') : badge('device-bound', 'good');
  if (aaguid === undefined) return html`${place} <span class="row-note">tells no model</span>`;
  const name = models.get(aaguid) ?? html`<code>${aaguid}</code>`;
  return html`${place} <span class="row-note">${name}${!isModelProved && ', by its own account'}</span>`;
}

function browserColumns({ user }: Account): Column<BrowserView>[] {
  return [
    { title: 'Browser', cell: ({ userAgent }) => browserText(userAgent) },
    { title: 'Remembered in', cell: ({ client }) => client?.name ?? '–', isExtra: true },
    { title: 'Address', cell: ({ ip }) => ip, isExtra: true },
    { title: 'Last used (UTC)', cell: ({ lastUsedAt }) => timeElement(lastUsedAt) },
    { title: 'Ends (UTC)', cell: ({ expiresAt }) => timeElement(expiresAt), isExtra: true },
    {
      title: 'Forgetting',
      cell: ({ id, userAgent }) =>
        html`<a class="tool" href="${forgettingPathOf(user.id, id)}" aria-label="Forget: ${browserText(userAgent)}">Forget</a>`,
    },
  ];
}

function actLinks(account: Account): Markup {
  const { id } = account.user;
  const pass = { title: 'Hand out a temporary pass', isDangerous: false, path: passPathOf(id) };
  const links = [
    ...(mayGetPass(account) ? [pass] : []),
    ...userActs
      .filter((act) => act.applies(account))
      .map(({ name, title, isDangerous }) => ({ title, isDangerous, path: `${pathOfUser(id)}/${name}` })),
  ];
  if (links.length === 0) return html`<p class="empty">Nothing at the moment.</p>`;
  return html`<ul class="acts">${links.map(
    ({ title, isDangerous, path }) =>
      html`<li><a class="tool${isDangerous && ' danger'}" href="${path}">${title}</a></li>`,
  )}</ul>`;
}
