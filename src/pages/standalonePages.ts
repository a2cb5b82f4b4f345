import type { ThrottleResult } from '../database/throttle.ts';
import { form } from '../ui/form.ts';
import { html } from '../ui/html.ts';
import { pageHeaders } from '../ui/pageHeaders.ts';
import type { View } from '../ui/slip.ts';
import type { LocaleWishes } from './locale/chooseLocale.ts';
import { pageText } from './locale/screenText.ts';
import { errorView, expiredView, homeView, rateLimitedView, unavailableView } from './statusPages.ts';
import { PageContext, type PagesParts } from './visit.ts';

/** A whole answer, for a surface to send as it is. */
export interface RenderedPage {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** Pages that belong to no interaction, for the surfaces that need one. */
export interface StandalonePages {
  /**
   * A request that can't go on.
   * @param detail protocol error for the operator, as `invalid_request: unknown client_id`; escaped
   */
  error(wishes: LocaleWishes, status: number, detail?: string): Promise<RenderedPage>;
  /** Too many requests from the address. */
  rateLimited(wishes: LocaleWishes, throttle: ThrottleResult): Promise<RenderedPage>;
  /** An interaction that is unknown, over, or another browser's. */
  expired(wishes: LocaleWishes): Promise<RenderedPage>;
  /** The database is lost; drawn with the settings that were read last. */
  unavailable(wishes: LocaleWishes, until: { retryAfterSeconds: number }): RenderedPage;
  /** Asks whether to sign out (S-75). */
  confirmLogout(wishes: LocaleWishes, question: LogoutQuestion): Promise<RenderedPage>;
  signedOut(wishes: LocaleWishes): Promise<RenderedPage>;
  /** What this address is, for somebody who opens it by hand. */
  home(wishes: LocaleWishes): Promise<RenderedPage>;
}

/** The form that answers whether to sign out. */
export interface LogoutQuestion {
  action: string;
  hidden: Readonly<Record<string, string>>;
  /** The field that means yes; without it the answer is no. */
  yes: { name: string; value: string };
  /** Where the answer leads, if to an application. */
  goesTo?: string;
}

/** Draws the pages with the tenant's settings as they are at that moment. */
export function standalonePages(parts: PagesParts): StandalonePages {
  const draw = async (wishes: LocaleWishes, view: (context: PageContext) => View): Promise<string> => {
    const context = new PageContext(parts, await parts.readSettings(), wishes);
    return context.render(view(context));
  };
  return {
    unavailable(wishes, { retryAfterSeconds }) {
      const context = new PageContext(parts, parts.settingsReadLast(), wishes);
      return {
        status: 503,
        headers: { ...headers(), 'retry-after': String(retryAfterSeconds) },
        body: context.render(unavailableView(context)),
      };
    },
    error: async (wishes, status, detail) => ({
      status,
      headers: headers(),
      body: await draw(wishes, (context) => errorView(context, detail)),
    }),
    rateLimited: async (wishes, throttle) => ({
      status: 429,
      headers: headers(),
      body: await draw(wishes, (context) => rateLimitedView(context, throttle)),
    }),
    expired: async (wishes) => ({ status: 400, headers: headers(), body: await draw(wishes, expiredView) }),
    confirmLogout: async (wishes, question) => ({
      status: 200,
      headers: headers(question.goesTo && originOf(question.goesTo)),
      body: await draw(wishes, (context) => logoutView(context, question)),
    }),
    signedOut: async (wishes) => ({
      status: 200,
      headers: headers(),
      body: await draw(wishes, signedOutView),
    }),
    home: async (wishes) => ({ status: 200, headers: headers(), body: await draw(wishes, homeView) }),
  };
}

function headers(formTarget?: string): Record<string, string> {
  return { ...pageHeaders({ formTarget }), 'content-type': 'text/html; charset=utf-8' };
}

function originOf(url: string): string {
  const { origin, protocol } = new URL(url);
  return origin === 'null' ? protocol : origin;
}

function logoutView(context: PageContext, { action, hidden, yes }: LogoutQuestion): View {
  const text = pageText(context.locale, 'logout', 'logout', context.variables);
  return {
    title: text('pageTitle'),
    body: html`<h1>${text('title')}</h1>
<p>${text('description')}</p>
${form(
  { action, hidden },
  'step',
  html`<div class="pair">
<button class="primary" type="submit" name="${yes.name}" value="${yes.value}">${text('acceptButtonText')}</button>
<button class="secondary" type="submit">${text('declineButtonText')}</button>
</div>`,
)}`,
  };
}

function signedOutView(context: PageContext): View {
  const text = pageText(context.locale, 'logout', 'logout-complete', context.variables);
  return {
    title: text('pageTitle'),
    body: html`<h1>${text('eventTitle')}</h1><p>${text('description')}</p>`,
  };
}
