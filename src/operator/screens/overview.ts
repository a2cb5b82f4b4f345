import type { FastifyReply } from 'fastify';
import { countUsers } from '../../accounts/searchUsers.ts';
import { countEventsSince, type EventCounts, readLog } from '../../logs/readLog.ts';
import { html, type Markup } from '../../ui/html.ts';
import { badge } from '../layout/badge.ts';
import { eventTable } from '../layout/eventTable.ts';
import { factorName } from '../layout/factorName.ts';
import type { OperatorPage } from '../operatorRoute.ts';
import type { OperatorVisit } from '../visit.ts';
import { describePolicy } from './policyText.ts';

/** How things stand: figures of the day, the policy, what happened last. */
export const overviewPage: OperatorPage = { path: '/operator', get: showOverview };

const day = 24 * 60 * 60 * 1000;
const latestEvents = 8;

/** A sign-in that came to its end, at the pages or by a grant that takes a password. */
const signInTypes = ['s', 'sepft', 'seotpft', 'seoobft', 'sercft'];
const failedFactorTypes = ['gd_auth_failed', 'gd_recovery_failed'];

async function showOverview(visit: OperatorVisit): Promise<FastifyReply> {
  const { database, clock, engine } = visit.parts;
  const settings = await visit.settings();
  const users = await countUsers(database.db);
  const { enrolledUsers, lockedUsers } = await engine.figures();
  const today = await countEventsSince(database.db, Math.floor(clock() / day) * day);
  const events = await readLog(database.db, {}, latestEvents);
  const count = (types: readonly string[]) => countText(today, types);
  const share = users === 0 ? '' : `${Math.floor((enrolledUsers / users) * 100)} % of them`;

  return visit.show({
    section: 'overview',
    title: 'Overview',
    body: html`<ul class="figures">
${figure('Users', users)}
${figure('With a second factor', enrolledUsers, share)}
${figure('Sign-ins today', count(signInTypes), 'since midnight UTC')}
${figure('Failed second factors today', count(failedFactorTypes), 'since midnight UTC')}
${figure('Locked second factors', lockedUsers, 'now')}
</ul>
<section class="card">
<h2>Multi-factor</h2>
<p>${describePolicy(settings.policy)}</p>
<ul class="badges">${engine.registry.all.map((factor) => {
      const isOn = settings.factors[factor.name]?.enabled === true;
      return html`<li>${factorName(factor)} ${isOn ? badge('on', 'good') : badge('off')}</li>`;
    })}</ul>
<p><a href="/operator/multi-factor">Change policy and factors</a></p>
</section>
<section class="card">
<h2>Latest events</h2>
${eventTable('Latest events', events)}
<p><a href="/operator/logs">All events</a></p>
</section>`,
  });
}

function figure(name: string, value: number | string, note = ''): Markup {
  return html`<li class="figure"><span class="figure-value">${String(value)}</span> <span class="figure-name">${name}</span> ${note && html`<span class="figure-note">${note}</span>`}</li>`;
}

function countText({ byType, isPartial }: EventCounts, types: readonly string[]): string {
  const total = types.reduce((sum, type) => sum + (byType[type] ?? 0), 0);
  return isPartial ? `${total}+` : String(total);
}
