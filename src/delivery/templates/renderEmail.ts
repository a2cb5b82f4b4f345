import { Liquid, type Template } from 'liquidjs';
import type { Email, Occasion } from '../emailTemplates.ts';
import { UndeliverableError } from '../transport.ts';
import { browserName } from './browserName.ts';
import { htmlSource, textSource } from './emailLayout.ts';
import { type EmailTexts, emailTextsFor } from './emailTexts.ts';

/** Who writes: as the tenant's settings have it at the moment of sending. */
export interface Sender {
  friendlyName: string;
  supportEmail?: string;
  supportUrl?: string;
  /** BCP 47 tags, the default first; all there are when absent. */
  enabledLocales?: readonly string[];
}

export interface RenderedEmail {
  subject: string;
  text: string;
  html: string;
}

/**
 * Puts an e-mail into words.
 *
 * @throws UndeliverableError when a link leads anywhere but below the public URL (S-85).
 */
export type EmailRenderer = (email: Email) => Promise<RenderedEmail>;

/** `publicUrl` is the only place links may lead; `sender` is asked for each message. */
export function createEmailRenderer(parts: {
  publicUrl: string;
  sender: () => Promise<Sender>;
}): EmailRenderer {
  return async (email) => render(email, await parts.sender(), parts.publicUrl);
}

const limits = {
  renderLimit: 500,
  memoryLimit: 1e6,
  parseLimit: 1e5,
  ownPropertyOnly: true,
  strictVariables: true,
};
const plain = new Liquid({ ...limits, lenientIf: true });
const escaping = new Liquid({ ...limits, lenientIf: true, outputEscape: 'escape' });
const parsed = new Map<string, { subject: Template[]; text: Template[]; html: Template[] }>();

function render(email: Email, sender: Sender, publicUrl: string): RenderedEmail {
  const { language, texts } = emailTextsFor(email.locale, sender.enabledLocales);
  const templates = parsedTemplates(email.template, language, texts);
  const values = valuesOf(email, sender, publicUrl, language, texts);
  const subject = oneLine(String(plain.renderSync(templates.subject, values)));
  return {
    subject,
    text: tidy(String(plain.renderSync(templates.text, values))),
    html: String(escaping.renderSync(templates.html, { ...values, subject })),
  };
}

function parsedTemplates(template: Email['template'], language: string, texts: EmailTexts) {
  const key = `${template} ${language}`;
  const known = parsed.get(key);
  if (known) return known;
  const words = texts.templates[template];
  const fresh = {
    subject: plain.parse(words.subject),
    text: plain.parse(textSource(words, texts.labels)),
    html: escaping.parse(htmlSource(words, texts.labels)),
  };
  parsed.set(key, fresh);
  return fresh;
}

/** Everything a template can reach: strings and a list of facts, no object of the program (S-88). */
function valuesOf(
  { variables }: Email,
  sender: Sender,
  publicUrl: string,
  language: string,
  texts: EmailTexts,
) {
  const support = sender.supportEmail ?? sender.supportUrl;
  return {
    language,
    friendly_name: oneLine(sender.friendlyName),
    support: support === undefined ? '' : oneLine(support),
    facts: 'at' in variables ? factsOf(variables, language, texts.labels) : [],
    ...('url' in variables && {
      url: ownLink(variables.url, publicUrl),
      lifetime: duration(variables.lifetimeSeconds, language),
    }),
    ...('factorName' in variables && { factor_name: oneLine(variables.factorName) }),
    ...('failures' in variables && { failures: String(variables.failures) }),
  };
}

function factsOf({ at, ip, userAgent }: Occasion, language: string, labels: EmailTexts['labels']) {
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  const facts = [{ label: labels.time, value: `${time.format(at)} (UTC)` }];
  if (ip !== undefined) facts.push({ label: labels.address, value: oneLine(ip) });
  if (userAgent !== undefined)
    facts.push({ label: labels.browser, value: describeBrowser(userAgent, labels) });
  return facts;
}

function describeBrowser(userAgent: string, labels: EmailTexts['labels']): string {
  const { browser, system } = browserName(userAgent);
  if (browser !== undefined && system !== undefined) {
    return String(plain.parseAndRenderSync(labels.browserOnSystem, { browser, system }));
  }
  return browser ?? system ?? labels.unknownBrowser;
}

function ownLink(url: string, publicUrl: string): string {
  const base = new URL(publicUrl);
  const parsedUrl = URL.parse(url);
  const isOwn = parsedUrl?.origin === base.origin && parsedUrl.pathname.startsWith(base.pathname);
  if (!parsedUrl || !isOwn)
    throw new UndeliverableError('a link of the message leads outside the public URL');
  return parsedUrl.href;
}

/** In the largest unit that divides it: `5 days`, `1 hour`, `90 minutes`. */
function duration(seconds: number, language: string): string {
  const units: readonly [string, number][] = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ];
  const [unit, length] = units.find(([, size]) => seconds >= size && seconds % size === 0) ?? ['minute', 60];
  const format = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' });
  return format.format(Math.max(1, Math.round(seconds / length)));
}

const longestValue = 200;

/** Without line ends, other control characters and marks that turn text round, and of bounded length (S-95). */
function oneLine(value: string): string {
  return value
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
    .slice(0, longestValue);
}

function tidy(text: string): string {
  return `${text.replace(/\n{3,}/g, '\n\n').trim()}\n`;
}
