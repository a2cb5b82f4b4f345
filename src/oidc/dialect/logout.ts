import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { browserOrigins, type Client } from '../../applications/client.ts';
import { findClient } from '../../applications/clients.ts';
import { equalSecrets } from '../../crypto/constantTime.ts';
import { verifyJwt } from '../../crypto/jwt.ts';
import { type BrowserSession, endBrowserSession, findBrowserSession } from '../browserSession.ts';
import { localeWishes, type OidcPages, sendPage } from '../pages.ts';
import type { OidcParts } from '../parts.ts';
import type { ProviderHolder } from '../providerHolder.ts';
import { textFields } from '../tokenFields.ts';

/** What signing out needs, whichever endpoint was asked. */
export interface LogoutParts {
  parts: OidcParts;
  holder: ProviderHolder;
  pages: OidcPages;
}

/** Where a sign-out leads, and for whom: judged against the application's list before anything happens (S-74). */
interface Destination {
  client: Client | undefined;
  /** Absent where the person stays here. */
  url?: string;
}

export const logoutFormAction = '/oidc/logout/confirm';
const yes = { name: 'logout', value: 'yes' };

/** `GET /v2/logout?client_id&returnTo`, Auth0's own. */
export async function auth0Logout(logout: LogoutParts, request: FastifyRequest, reply: FastifyReply) {
  const { client_id: clientId, returnTo } = textFields(request.query);
  const destination = await destinationOf(logout.parts, clientId, returnTo);
  if (!destination)
    return refuse(logout, request, reply, 'The returnTo URL is not among the allowed logout URLs.');
  const [first] = destination.client?.allowedLogoutUrls ?? [];
  const url = destination.url ?? first;
  return signOut(
    logout,
    request,
    reply,
    { ...destination, ...(url === undefined ? {} : { url }) },
    undefined,
  );
}

/** `/oidc/logout`: OpenID Connect RP-Initiated Logout 1.0, with Auth0's `logout_hint` (the `sid`). */
export async function oidcLogout(logout: LogoutParts, request: FastifyRequest, reply: FastifyReply) {
  const fields = textFields(request.method === 'POST' ? request.body : request.query);
  const { parts } = logout;
  const hint = fields.id_token_hint ? await readHint(parts, fields.id_token_hint) : undefined;
  if (fields.id_token_hint && !hint) return refuse(logout, request, reply, 'The id_token_hint is invalid.');
  if (hint && fields.client_id && hint.clientId !== fields.client_id) {
    return refuse(logout, request, reply, 'The client_id is not the one of the id_token_hint.');
  }
  const clientId = hint?.clientId ?? fields.client_id;
  const destination = await destinationOf(parts, clientId, fields.post_logout_redirect_uri);
  if (!destination) return refuse(logout, request, reply, 'The post_logout_redirect_uri is not allowed.');
  const url = destination.url === undefined ? undefined : withState(destination.url, fields.state);
  const hints = { userId: hint?.userId, sid: hint?.sid ?? fields.logout_hint };
  if (hint?.sid && fields.logout_hint && hint.sid !== fields.logout_hint) {
    return refuse(logout, request, reply, 'The hints name different sessions.');
  }
  return signOut(logout, request, reply, { ...destination, ...(url === undefined ? {} : { url }) }, hints);
}

/** The person clicked. The form is worth nothing in another session, and its URL was judged before it was sealed. */
export async function confirmLogout(logout: LogoutParts, request: FastifyRequest, reply: FastifyReply) {
  const { parts, holder, pages } = logout;
  const fields = textFields(request.body);
  const session = await findBrowserSession(parts, await holder.current(), request.headers.cookie);
  const { url, client_id: clientId } = fields;
  if (session) {
    const expected = formToken(parts, session, url, clientId);
    if (!equalSecrets(fields.token ?? '', expected))
      return refuse(logout, request, reply, 'The form is out of date.');
    // The person said no: nothing happens, and the browser stays where it is.
    if (fields.logout !== yes.value)
      return url === undefined ? reply.code(204).send() : reply.redirect(url, 303);
    await endBrowserSession(parts, session, request, reply, clientId);
    if (url !== undefined) return reply.redirect(url, 303);
  }
  return sendPage(reply, pages.signedOut(localeWishes(request)));
}

/**
 * Ends the session and goes on. A site that is not the application's can lead a browser here, so without
 * a hint that only the application knows, or its own page as the origin of the click, the person is asked
 * (S-75).
 */
async function signOut(
  { parts, holder, pages }: LogoutParts,
  request: FastifyRequest,
  reply: FastifyReply,
  { client, url }: Destination,
  hints: { userId: string | undefined; sid: string | undefined } | undefined,
) {
  const session = await findBrowserSession(parts, await holder.current(), request.headers.cookie);
  if (session) {
    const isHinted = hints ? matches(session, client, hints) : false;
    if (!isHinted && !isFromApplication(request, client, parts.issuer)) {
      const hidden = {
        token: formToken(parts, session, url, client?.clientId),
        ...(url === undefined ? {} : { url }),
        ...(client ? { client_id: client.clientId } : {}),
      };
      const question = {
        action: logoutFormAction,
        hidden,
        yes,
        ...(url === undefined ? {} : { goesTo: url }),
      };
      return sendPage(reply, pages.confirmLogout(localeWishes(request), question));
    }
    await endBrowserSession(parts, session, request, reply, client?.clientId);
  }
  return url === undefined
    ? sendPage(reply, pages.signedOut(localeWishes(request)))
    : reply.redirect(url, 302);
}

function matches(
  session: BrowserSession,
  client: Client | undefined,
  { userId, sid }: { userId: string | undefined; sid: string | undefined },
): boolean {
  if (userId !== undefined && userId !== session.userId) return false;
  if (sid === undefined) return userId !== undefined;
  const known = client ? [session.sids[client.clientId]] : Object.values(session.sids);
  return known.includes(sid);
}

/**
 * Whether the browser says that a page of the application's, or of ours, or the person at the address bar
 * asked for this document. An image, a frame or a page elsewhere can't make it say so.
 */
function isFromApplication(request: FastifyRequest, client: Client | undefined, issuer: string): boolean {
  const { 'sec-fetch-site': site, 'sec-fetch-dest': dest, referer } = request.headers;
  if (dest !== undefined && dest !== 'document') return false;
  if (site === 'none' || site === 'same-origin') return true;
  const from = URL.parse(referer ?? '')?.origin;
  const ours = [new URL(issuer).origin, ...(client ? browserOrigins(client) : [])];
  const ofLogout = (client?.allowedLogoutUrls ?? []).map((url) => URL.parse(url)?.origin ?? '');
  return from !== undefined && [...ours, ...ofLogout].includes(from);
}

/** Undefined when the application doesn't exist or the URL is not one of its list, compared exactly. */
async function destinationOf(
  { database }: OidcParts,
  clientId: string | undefined,
  url: string | undefined,
): Promise<Destination | undefined> {
  const client = clientId ? await findClient(database.db, clientId) : undefined;
  if (clientId && !client) return undefined;
  if (!url) return { client };
  return client?.allowedLogoutUrls.includes(url) ? { client, url } : undefined;
}

/** An ID token of ours for the application it names, expired or not. */
async function readHint({ keys, clock, issuer, database }: OidcParts, token: string) {
  const clientId = audienceOf(token);
  if (clientId === undefined || !(await findClient(database.db, clientId))) return undefined;
  const expectation = { typ: 'JWT', issuer, audience: clientId, ignoreExpiry: true } as const;
  const claims = await verifyJwt(keys, clock, token, expectation);
  if (!claims?.sub) return undefined;
  return { clientId, userId: claims.sub, sid: typeof claims.sid === 'string' ? claims.sid : undefined };
}

/** Read before it is believed, to know against which application to check the token. */
function audienceOf(token: string): string | undefined {
  try {
    const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
      aud?: unknown;
    };
    return typeof payload.aud === 'string' ? payload.aud : undefined;
  } catch {
    return undefined;
  }
}

function withState(url: string, state: string | undefined): string {
  if (!state) return url;
  const target = new URL(url);
  target.searchParams.set('state', state);
  return target.href;
}

/** Ties the form to this session and to what it will do. */
function formToken({ vault }: OidcParts, session: BrowserSession, url = '', clientId = ''): string {
  const digest = createHash('sha256').update(`${session.cookieId}\0${url}\0${clientId}`).digest('base64url');
  return vault.hash(digest, 'logout-form');
}

function refuse({ pages }: LogoutParts, request: FastifyRequest, reply: FastifyReply, description: string) {
  return sendPage(reply, pages.error(localeWishes(request), 400, `invalid_request: ${description}`));
}
