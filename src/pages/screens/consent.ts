import type { FastifyReply } from 'fastify';
import { form } from '../../ui/form.ts';
import { html } from '../../ui/html.ts';
import type { InteractionPage } from '../interactionRoute.ts';
import { pageText } from '../locale/screenText.ts';
import { settleInteraction } from '../settleInteraction.ts';
import type { InteractionVisit } from '../visit.ts';

/** Asks the person whether an application of a third party may have what it wants. */
export const consentPage: InteractionPage = {
  name: 'consent',
  prompts: ['consent'],
  get: showConsent,
  post: decide,
};

/** Texts of the scopes that OpenID Connect defines; an API's own scopes bring their descriptions. */
const standardScopes = {
  openid: 'scopeOpenid',
  profile: 'scopeProfile',
  email: 'scopeEmail',
  phone: 'scopePhone',
  address: 'scopeAddress',
  offline_access: 'scopeOfflineAccess',
} as const;

function showConsent(visit: InteractionVisit): FastifyReply {
  const text = textsOf(visit);
  const scopes = visit.interaction.scopes ?? [];
  const lines = scopes.map(({ value, description }) =>
    Object.hasOwn(standardScopes, value)
      ? text(standardScopes[value as keyof typeof standardScopes])
      : (description ?? value),
  );
  const buttons = html`<div class="pair">
<button class="primary" type="submit" name="action" value="accept">${text('acceptButtonText')}</button>
<button class="secondary" type="submit" name="action" value="deny">${text('declineButtonText')}</button>
</div>`;
  return visit.show(200, {
    title: text('pageTitle'),
    scripts: ['submitOnce'],
    body: html`<h1>${text('title')}</h1>
<p>${text('messageSingleTenant')}</p>
<ul class="scopes">${lines.map((line) => html`<li>${line}</li>`)}</ul>
${form(visit.formTo('consent'), 'step', buttons)}`,
  });
}

/** Anything but a plain yes is a no. */
async function decide(visit: InteractionVisit): Promise<FastifyReply> {
  const { interactions } = visit.parts;
  const { uid } = visit.interaction;
  return settleInteraction(visit, () =>
    visit.field('action') === 'accept'
      ? interactions.grantConsent(uid)
      : interactions.reject(uid, 'access_denied', 'User did not authorize the request'),
  );
}

function textsOf(visit: InteractionVisit) {
  return pageText(visit.locale, 'consent', 'consent', visit.variables);
}
