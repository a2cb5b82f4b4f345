import type { FastifyReply, FastifyRequest } from 'fastify';
import { shortestPassword } from '../accounts/passwordText.ts';
import type { RequestContext } from '../config/requestContext.ts';
import type { ThrottleResult } from '../database/throttle.ts';
import { setRateLimitHeaders } from '../http/rateLimitHeaders.ts';
import { rememberDays } from '../mfa/browsers/rememberDays.ts';
import type { TenantSettings } from '../tenant/tenantSettings.ts';
import type { Assets } from '../ui/assets.ts';
import type { FormTarget } from '../ui/form.ts';
import { formTokenField, formTokenOf } from '../ui/formToken.ts';
import type { View } from '../ui/slip.ts';
import { type KnownBrowser, knownBrowser } from './browser/knownBrowser.ts';
import type { Interaction, PagesDependencies } from './dependencies.ts';
import { chooseLocale, type LocaleWishes, regionalLocale } from './locale/chooseLocale.ts';
import type { TextVariables } from './locale/fillText.ts';
import { nameInReset } from './nameInReset.ts';
import { renderDocument } from './rendering/document.ts';

/** What all pages share: their dependencies and their files. */
export interface PagesParts extends PagesDependencies {
  readonly assets: Assets;
  /** For drawing a page while the settings can't be read. */
  settingsReadLast(): TenantSettings;
}

/** What every page is drawn with: the tenant, the language, the values of placeholders. */
export class PageContext {
  readonly parts: PagesParts;
  readonly settings: TenantSettings;
  readonly locale: string;
  /** The language with the person's country, where they named one: `en-GB`. */
  readonly regionalLocale: string;
  readonly variables: TextVariables;

  constructor(
    parts: PagesParts,
    settings: TenantSettings,
    wishes: LocaleWishes,
    interaction?: Pick<Interaction, 'clientName' | 'decisionInput'>,
  ) {
    this.parts = parts;
    this.settings = settings;
    this.locale = chooseLocale(wishes, settings.enabledLocales);
    this.regionalLocale = regionalLocale(wishes, this.locale);
    this.variables = {
      companyName: settings.friendlyName,
      clientName: interaction?.clientName ?? settings.friendlyName,
      rememberDays: String(rememberDays(settings, interaction?.decisionInput.client ?? {})),
      passwordLength: String(shortestPassword),
    };
  }

  render(view: View): string {
    const { parts, settings, locale } = this;
    return renderDocument({ assets: parts.assets, settings, locale }, view);
  }

  /** `in 15 minutes`, in the person's language; at least a minute. */
  retryIn(throttle: ThrottleResult): string {
    const minutes = Math.max(1, Math.ceil((throttle.resetAt - this.parts.clock()) / 60_000));
    const format = new Intl.RelativeTimeFormat(this.locale, { numeric: 'always' });
    return minutes < 120 ? format.format(minutes, 'minute') : format.format(Math.ceil(minutes / 60), 'hour');
  }
}

/** One request to a page: who asks, and the means to answer. */
export class Visit extends PageContext {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;

  constructor(
    parts: PagesParts,
    request: FastifyRequest,
    reply: FastifyReply,
    settings: TenantSettings,
    interaction?: Interaction,
  ) {
    const wishes = {
      uiLocales: textOf(interaction?.params.ui_locales),
      acceptLanguage: request.headers['accept-language'],
    };
    super(parts, settings, wishes, interaction);
    this.request = request;
    this.reply = reply;
  }

  /** Whether it belongs to a link that the person was sent, and to no application's request. */
  get isErrand(): boolean {
    return false;
  }

  /** Who is asking, with the language of the pages for messages. */
  get context(): RequestContext {
    return { ...this.request.context, language: this.locale };
  }

  /** A field of the posted form; undefined when it is missing or empty. */
  field(name: string): string | undefined {
    return textOf((this.request.body as Record<string, unknown> | undefined)?.[name]) || undefined;
  }

  /** A parameter of the address; undefined when it is missing, empty or repeated. */
  parameter(name: string): string | undefined {
    return textOf((this.request.query as Record<string, unknown>)[name]) || undefined;
  }

  /** Answers with a page. */
  show(status: number, view: View): FastifyReply {
    return this.reply.code(status).type('text/html; charset=utf-8').send(this.render(view));
  }

  /** Answers with a page that tells when to come back. */
  showThrottled(throttle: ThrottleResult, view: View): FastifyReply {
    setRateLimitHeaders(this.reply, throttle);
    return this.show(429, view);
  }
}

/** A visit that belongs to what waits for a person: an application's request, or an errand. */
export class InteractionVisit extends Visit {
  readonly interaction: Interaction;
  readonly browser: KnownBrowser;

  constructor(
    parts: PagesParts,
    request: FastifyRequest,
    reply: FastifyReply,
    settings: TenantSettings,
    interaction: Interaction,
  ) {
    super(parts, request, reply, settings, interaction);
    this.interaction = interaction;
    this.browser = knownBrowser(request, parts);
  }

  override get isErrand(): boolean {
    return this.interaction.errand !== undefined;
  }

  /** Address of a page within this interaction. */
  path(page: string): string {
    const { uid, errand } = this.interaction;
    const name = errand === 'password-reset' ? nameInReset(page) : page;
    return `/u/${name}?state=${encodeURIComponent(uid)}`;
  }

  /** A form that is posted to a page of this interaction. */
  formTo(page: string): FormTarget {
    const { uid } = this.interaction;
    return {
      action: this.path(page),
      hidden: { state: uid, [formTokenField]: formTokenOf(this.parts.vault, uid) },
    };
  }

  /** Sends the browser to a page of this interaction. */
  goTo(page: string, parameters: Readonly<Record<string, string>> = {}): FastifyReply {
    const more = Object.entries(parameters).map(([name, value]) => `&${name}=${encodeURIComponent(value)}`);
    return this.reply.redirect(`${this.path(page)}${more.join('')}`, 303);
  }
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
