import type { FastifyReply } from 'fastify';
import { countUsers } from '../../accounts/searchUsers.ts';
import type { Client } from '../../applications/client.ts';
import { listClients } from '../../applications/clients.ts';
import type { Factor } from '../../mfa/factor.ts';
import { offersResistance } from '../../mfa/policy/offersResistance.ts';
import type { TenantSettings } from '../../tenant/tenantSettings.ts';
import { form, submitButton } from '../../ui/form.ts';
import { type Fragment, html, type Markup } from '../../ui/html.ts';
import { icon } from '../../ui/icon.ts';
import { listModels } from '../../webauthn/models/storedModels.ts';
import { badge } from '../layout/badge.ts';
import { factorName } from '../layout/factorName.ts';
import type { OperatorPage } from '../operatorRoute.ts';
import type { OperatorVisit } from '../visit.ts';
import { modelsPath } from './authenticatorModels.ts';
import { lackOf } from './factor.ts';
import { hasSettings, settingsPathOf } from './factorSettings.ts';
import { passkeySignInPath } from './passkeySignIn.ts';
import { policyPath } from './policy.ts';
import {
  describeAnyFactor,
  describeEffect,
  describePolicy,
  describeResistance,
  type Spread,
} from './policyText.ts';

const path = '/operator/multi-factor';

/** When a second factor is asked for, and which ones there are. */
export const multiFactorPage: OperatorPage = { path, get: showMultiFactor };

const notices: Readonly<Record<string, string>> = {
  policy: 'The policy was changed. It counts from the next request on.',
  'passkey-on': 'People can sign in with a passkey.',
  'passkey-off': 'A password is needed again for every sign-in.',
  on: 'The factor is on.',
  off: 'The factor is off.',
};

async function showMultiFactor(visit: OperatorVisit): Promise<FastifyReply> {
  const { database, engine } = visit.parts;
  const settings = await visit.settings();
  const users = await countUsers(database.db);
  const figures = await engine.figures();
  const models = await listModels(database.db);
  const exceptions = (await listClients(database.db)).filter(({ mfaPolicy }) => mfaPolicy !== undefined);
  return visit.show({
    section: 'multi-factor',
    title: 'Multi-factor',
    notice: notices[visit.parameter('done') ?? ''],
    body: html`<section class="card">
<h2>Policy</h2>
${form(visit.formTo(policyPath), 'policy', policyChoice(visit, settings, { users, ...figures }))}
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
      factorRow(visit, factor, settings, figures.usersByFactor[factor.name] ?? 0),
    )}</ul>
</section>
<section class="card">
<h2>Sign-in</h2>
${passkeyRow(visit, settings)}
</section>
<section class="card">
<h2>Models of security keys and devices</h2>
<p>${modelsText(models.length)}</p>
<p><a href="${modelsPath}">See the models</a></p>
</section>`,
  });
}

/** Each policy with what it would bring about today. */
function policyChoice(visit: OperatorVisit, settings: TenantSettings, spread: Spread): Fragment {
  const { policy, phishingResistantOnly } = settings;
  const { engine, publicUrl } = visit.parts;
  const describe = (of: TenantSettings['policy']) => [
    describePolicy(of),
    ...describeEffect({ ...settings, policy: of }, spread),
  ];
  const resistant = engine.registry.all.filter(({ assurance }) => assurance.isPhishingResistant);
  const isPossible = offersResistance(engine.registry, settings, new URL(publicUrl).origin);
  return html`<fieldset><legend class="group">When a second factor is asked for</legend>
${radio({ name: 'policy', value: 'never', isChosen: policy === 'never', label: 'On demand (never)', lines: describe('never') })}
${radio({ name: 'policy', value: 'always', isChosen: policy === 'always', label: 'Always', lines: describe('always') })}
</fieldset>
<fieldset><legend class="group">Which factors count</legend>
${radio({ name: 'counts', value: 'any', isChosen: !phishingResistantOnly, label: 'Any', lines: describeAnyFactor() })}
${radio({
  name: 'counts',
  value: 'phishing-resistant',
  isChosen: phishingResistantOnly,
  label: 'Phishing-resistant ones only',
  isOff: !isPossible && !phishingResistantOnly,
  lines: [
    ...(isPossible ? [] : ['Switch on such a factor below first, one that can stand alone.']),
    ...describeResistance(resistant.map(factorName), spread),
  ],
})}
</fieldset>
${submitButton('Save the policy')}`;
}

interface Radio {
  name: string;
  value: string;
  label: string;
  isChosen: boolean;
  /** Can't be chosen now. */
  isOff?: boolean;
  /** What it means, a sentence each. */
  lines: readonly string[];
}

function radio({ name, value, label, isChosen, isOff, lines }: Radio): Markup {
  return html`<label class="choice"><input type="radio" name="${name}" value="${value}"${isChosen && html` checked`}${isOff && html` disabled`}>
<span><strong>${label}</strong> ${lines.map((line) => html`<span class="choice-text">${line}</span>`)}</span></label>`;
}

function passkeyRow(visit: OperatorVisit, settings: TenantSettings): Markup {
  const { passkeySignIn } = settings;
  const verb = passkeySignIn ? 'Switch off' : 'Switch on';
  const isServed = visit.parts.engine.registry.enabled(settings).some(({ firstFactor }) => firstFactor);
  return html`<div class="row">${icon('device')}
<span class="row-text"><strong>Passkey instead of a password</strong> ${passkeySignIn ? badge('on', 'good') : badge('off')} <span class="row-note">${
    passkeySignIn && !isServed
      ? 'No factor that is on can do it'
      : 'A device or key that verifies its owner signs in by itself, as both factors'
  }</span></span>
<a class="tool" href="${passkeySignInPath}" aria-label="${verb}: passkey instead of a password">${verb}</a></div>`;
}

function exceptionText({ clientId, name, mfaPolicy }: Client): Markup {
  const rule = mfaPolicy === 'always' ? 'always asks for a second factor' : 'asks for none of its own accord';
  return html`<a href="/operator/applications/${encodeURIComponent(clientId)}">${name}</a> has a policy of its own: it ${rule}.`;
}

function modelsText(count: number): string {
  if (count === 0) return 'None are known: keys and devices are taken without asking which model they are.';
  return `${count === 1 ? '1 model is' : `${count} models are`} known from imported metadata.`;
}

function factorRow(visit: OperatorVisit, factor: Factor, settings: TenantSettings, users: number): Markup {
  const isOn = settings.factors[factor.name]?.enabled === true;
  const lack = isOn ? lackOf(visit, factor, settings) : undefined;
  const name = factorName(factor);
  const verb = isOn ? 'Switch off' : 'Switch on';
  const setUp =
    users === 0 ? 'Nobody has set it up' : `Set up by ${users === 1 ? '1 person' : `${users} people`}`;
  const use = factor.implicit ? `${setUp}; who has a confirmed address needn’t` : setUp;
  return html`<li class="row">${icon(factor.screens.icon)}
<span class="row-text"><strong>${name}</strong> ${isOn ? badge('on', 'good') : badge('off')} <span class="row-note">${use}</span>${
    lack !== undefined && html`<span class="row-note">It can’t be used yet. ${lack}</span>`
  }</span>
${hasSettings(factor) && html`<a class="tool" href="${settingsPathOf(factor)}" aria-label="Settings: ${name}">Settings</a>`}
<a class="tool" href="${path}/${encodeURIComponent(factor.name)}" aria-label="${verb}: ${name}">${verb}</a></li>`;
}
