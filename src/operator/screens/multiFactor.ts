import type { FastifyReply } from 'fastify';
import { countUsers } from '../../accounts/searchUsers.ts';
import type { Client } from '../../applications/client.ts';
import { listClients } from '../../applications/clients.ts';
import type { Factor } from '../../mfa/factor.ts';
import type { TenantSettings } from '../../tenant/tenantSettings.ts';
import { form, submitButton } from '../../ui/form.ts';
import { type Fragment, html, type Markup } from '../../ui/html.ts';
import { icon } from '../../ui/icon.ts';
import { badge } from '../layout/badge.ts';
import { factorName } from '../layout/factorName.ts';
import type { OperatorPage } from '../operatorRoute.ts';
import type { OperatorVisit } from '../visit.ts';
import { policyPath } from './policy.ts';
import { describeEffect, describePolicy, type Spread } from './policyText.ts';

const path = '/operator/multi-factor';

/** When a second factor is asked for, and which ones there are. */
export const multiFactorPage: OperatorPage = { path, get: showMultiFactor };

const notices: Readonly<Record<string, string>> = {
  policy: 'The policy was changed. It counts from the next request on.',
  on: 'The factor is on.',
  off: 'The factor is off.',
};

async function showMultiFactor(visit: OperatorVisit): Promise<FastifyReply> {
  const { database, engine } = visit.parts;
  const settings = await visit.settings();
  const users = await countUsers(database.db, settings.defaultDirectory);
  const figures = await engine.figures(settings.defaultDirectory);
  const exceptions = (await listClients(database.db)).filter(({ mfaPolicy }) => mfaPolicy !== undefined);
  return visit.show({
    section: 'multi-factor',
    title: 'Multi-factor',
    notice: notices[visit.parameter('done') ?? ''],
    body: html`<section class="card">
<h2>Policy</h2>
${form(visit.formTo(policyPath), 'policy', policyChoice(settings, { users, ...figures }))}
</section>
${
  exceptions.length > 0 &&
  html`<section class="card"><h2>Exceptions</h2>
<ul class="effects">${exceptions.map((client) => html`<li>${exceptionText(client)}</li>`)}</ul>
</section>`
}
<section class="card">
<h2>Factors</h2>
<ul class="rows">${engine.registry.all.map((factor) =>
      factorRow(factor, settings, figures.methods[factor.name] ?? 0),
    )}</ul>
</section>`,
  });
}

/** Each policy with what it would bring about today. */
function policyChoice(settings: TenantSettings, spread: Spread): Fragment {
  const choice = (policy: TenantSettings['policy'], label: string) =>
    html`<label class="choice"><input type="radio" name="policy" value="${policy}"${policy === settings.policy && html` checked`}>
<span><strong>${label}</strong> ${[
      describePolicy(policy),
      ...describeEffect({ ...settings, policy }, spread),
    ].map((line) => html`<span class="choice-text">${line}</span>`)}</span></label>`;
  return html`<fieldset><legend class="unseen">When a second factor is asked for</legend>
${choice('never', 'On demand (never)')}
${choice('always', 'Always')}
</fieldset>
${submitButton('Save the policy')}`;
}

function exceptionText({ clientId, name, mfaPolicy }: Client): Markup {
  const rule = mfaPolicy === 'always' ? 'always asks for a second factor' : 'asks for none of its own accord';
  return html`<a href="/operator/applications/${encodeURIComponent(clientId)}">${name}</a> has a policy of its own: it ${rule}.`;
}

function factorRow(factor: Factor, { factors }: TenantSettings, methods: number): Markup {
  const isOn = factors[factor.name]?.enabled === true;
  const name = factorName(factor);
  const verb = isOn ? 'Switch off' : 'Switch on';
  const use =
    methods === 0 ? 'Nobody has set it up' : `Set up by ${methods === 1 ? '1 person' : `${methods} people`}`;
  return html`<li class="row">${icon(factor.screens.icon)}
<span class="row-text"><strong>${name}</strong> ${isOn ? badge('on', 'good') : badge('off')} <span class="row-note">${use}</span></span>
<a class="tool" href="${path}/${encodeURIComponent(factor.name)}" aria-label="${verb}: ${name}">${verb}</a></li>`;
}
