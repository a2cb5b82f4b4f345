import type { FastifyReply } from 'fastify';
import { html } from '../ui/html.ts';
import { pageText } from './locale/screenText.ts';
import { type InteractionVisit, textOf } from './visit.ts';

/**
 * Leaves the pages for `url`, which leads back to the application.
 *
 * Chromium holds every redirect after a form against the form's `form-action`, also those an
 * application makes later, which can't be known here. So a browser gets a page that goes on by
 * itself, which ends the form's journey and keeps `form-action 'self'` true. An application with
 * a scheme of its own gets a redirect: systems open it only while the person's click still
 * counts, and its scheme is in the policy (`contentSecurityPolicy`). So does a client that is no
 * browser, and an errand, which goes on to a page of our own.
 * @param title of that page: `leaveTitle` where the person wasn't signed in
 */
export function goOn(
  visit: InteractionVisit,
  url: string,
  title: 'continueTitle' | 'leaveTitle' = 'continueTitle',
): FastifyReply {
  const { request, reply, locale, variables } = visit;
  const isBrowser = request.headers['sec-fetch-dest'] === 'document';
  const { errand, params } = visit.interaction;
  if (!isBrowser || request.method !== 'POST' || errand || ownScheme(params.redirect_uri)) {
    return reply.redirect(url, 303);
  }
  const text = pageText(locale, 'common', 'common', variables);
  return visit.show(200, {
    title: text('continueLinkText'),
    goOnTo: url,
    body: html`<h1>${text(title)}</h1>
<p class="lead">${text('continueDescription')}</p>
<p><a class="button primary" href="${url}">${text('continueLinkText')}</a></p>`,
  });
}

/** The scheme of a native application's redirect URI, `com.example.app:`; undefined for http and https. */
export function ownScheme(redirectUri: unknown): string | undefined {
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(textOf(redirectUri) ?? '')?.[0].toLowerCase();
  return scheme === 'http:' || scheme === 'https:' ? undefined : scheme;
}
