import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ThrottleResult } from '../database/throttle.ts';

/** A whole answer, drawn elsewhere. */
export interface RenderedPage {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** What a person's browser said about languages. */
interface LocaleWishes {
  uiLocales?: string | undefined;
  acceptLanguage?: string | undefined;
}

/** The few pages that OpenID Connect shows outside an interaction; whoever draws pages passes them in. */
export interface OidcPages {
  /** A request that can't be answered at the application's address. `detail` is the protocol's error. */
  error(wishes: LocaleWishes, status: number, detail?: string): Promise<RenderedPage>;
  /** The budget of the address is spent. */
  rateLimited(wishes: LocaleWishes, throttle: ThrottleResult): Promise<RenderedPage>;
  /** An interaction that is unknown or over. */
  expired(wishes: LocaleWishes): Promise<RenderedPage>;
  /** The database is lost, whatever was asked; drawn without it. */
  unavailable(wishes: LocaleWishes, until: { retryAfterSeconds: number }): RenderedPage;
  /** Asks whether to sign out; the `yes` field in the posted form means yes. */
  confirmLogout(
    wishes: LocaleWishes,
    question: {
      action: string;
      hidden: Readonly<Record<string, string>>;
      yes: { name: string; value: string };
      goesTo?: string;
    },
  ): Promise<RenderedPage>;
  signedOut(wishes: LocaleWishes): Promise<RenderedPage>;
}

/** The languages that a request asks for. */
export function localeWishes(request: FastifyRequest): LocaleWishes {
  const given = request.method === 'POST' ? request.body : request.query;
  const { ui_locales: uiLocales } = (given ?? {}) as Record<string, unknown>;
  return {
    acceptLanguage: request.headers['accept-language'],
    ...(typeof uiLocales === 'string' ? { uiLocales } : {}),
  };
}

/** Sends a page in place of whatever oidc-provider has begun to answer. */
export async function sendPage(
  reply: FastifyReply,
  page: RenderedPage | Promise<RenderedPage>,
): Promise<FastifyReply> {
  const { status, headers, body } = await page;
  reply.raw.removeHeader('content-type');
  return reply.code(status).headers(headers).send(body);
}
