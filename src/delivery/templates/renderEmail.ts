import type { Email, Occasion, UndoVariables } from '../emailTemplates.ts';
import { senderOf } from '../senderOf.ts';
import { UndeliverableError } from '../undeliverableError.ts';
import { browserName } from './browserName.ts';
import { htmlSource, textSource } from './emailLayout.ts';
import { type EmailTexts, emailTextsFor, messageLanguage } from './emailTexts.ts';
import { durationText, requestValues, type Sender, senderValues, timeText } from './messageValues.ts';
import { oneLine, plainName } from './plainName.ts';
import { plainTextOf } from './plainTextOf.ts';
import { renderHtml, renderPlain, type TemplateValues } from './renderLiquid.ts';
import type { TemplateKey, TemplateParts } from './templateKey.ts';
import { ownTemplates, type TemplateSource } from './templateSource.ts';

export interface RenderedEmail {
  /** In the form of `senderPattern`; only where the operator's template names one. */
  from?: string;
  subject: string;
  text: string;
  html: string;
}

/** What a template makes of its sender can't be one. */
export class SenderError extends Error {
  override name = 'SenderError';

  constructor() {
    super('expected an address, or a name and an address: Example <login@example.com>');
  }
}

/**
 * Puts an e-mail into words: the operator's where they can be used, else ours.
 *
 * @throws UndeliverableError when a link leads anywhere but below the public URL (S-85).
 */
export type EmailRenderer = (email: Email) => Promise<RenderedEmail>;

/** `publicUrl` is the only place links may lead; `sender` and `templates` are asked for each message. */
export function createEmailRenderer(parts: {
  publicUrl: string;
  sender: () => Promise<Sender>;
  templates?: TemplateSource;
}): EmailRenderer {
  const { publicUrl, templates = ownTemplates } = parts;
  return async (email) => {
    const sender = await parts.sender();
    const language = messageLanguage(email.locale, sender.enabledLocales);
    const key: TemplateKey = { channel: 'email', name: email.template };
    const stored = await templates.find(key, language);
    if (stored) {
      try {
        return renderStored(stored, email, valuesOf(email, sender, publicUrl, language));
      } catch (error) {
        if (error instanceof UndeliverableError) throw error;
        await templates.report(key, language, error);
      }
    }
    return renderOwn(email, sender, publicUrl, language);
  };
}

/** Our own sources of an e-mail in a language, as an operator may take them to begin with. */
export function ownEmailParts(
  template: Email['template'],
  language: string,
): Required<Omit<TemplateParts, 'from'>> {
  const { texts } = emailTextsFor(language);
  const words = texts.templates[template];
  return {
    subject: words.subject,
    html: htmlSource(words, texts.labels),
    text: textSource(words, texts.labels),
  };
}

function renderOwn(email: Email, sender: Sender, publicUrl: string, wished: string): RenderedEmail {
  const { language } = emailTextsFor(wished);
  return renderParts(ownEmailParts(email.template, language), valuesOf(email, sender, publicUrl, language));
}

/** @throws Error when what the message is there for is missing from it. */
function renderStored(parts: TemplateParts, { variables }: Email, values: TemplateValues): RenderedEmail {
  const rendered = renderParts(parts, values);
  const needed = 'code' in variables ? 'code' : 'path' in variables ? 'url' : undefined;
  if (needed === undefined) return rendered;
  const value = String(values[needed]);
  if (!rendered.html.includes(value.replaceAll('&', '&amp;')) || !rendered.text.includes(value))
    throw new Error(`the message lacks its ${needed === 'code' ? 'code: {{ code }}' : 'link: {{ url }}'}`);
  return rendered;
}

/** As in the settings of providers. */
const longestSender = 320;

function renderParts(
  { from: fromSource, subject: subjectSource = '', html: htmlPart = '', text: textPart }: TemplateParts,
  values: TemplateValues,
): RenderedEmail {
  const from = fromSource === undefined ? undefined : renderPlain(fromSource, ofSender(values)).trim();
  if (from !== undefined && (from.length > longestSender || !senderOf(from))) throw new SenderError();
  const subject = oneLine(renderPlain(subjectSource, values), 300);
  if (subject === '') throw new Error('the subject is empty');
  const html = renderHtml(htmlPart, { ...values, subject });
  const text =
    textPart === undefined ? plainTextOf(html) : tidy(renderPlain(textPart, { ...values, subject }));
  return { ...(from !== undefined && { from }), subject, text, html };
}

/** What `senderVariables` names. */
function ofSender(values: TemplateValues): TemplateValues {
  const { friendly_name, tenant, support_email, language, application, client } = values;
  const given = { friendly_name, tenant, support_email, language, application, client };
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as TemplateValues;
}

function valuesOf(email: Email, sender: Sender, publicUrl: string, language: string): TemplateValues {
  const { variables } = email;
  const { language: wordsIn, texts } = emailTextsFor(language);
  return {
    ...senderValues(sender, { channel: 'email', language, locale: email.locale }),
    user: { email: oneLine(email.to, 320) },
    account_url: ownLink('/account', publicUrl),
    facts: 'at' in variables ? factsOf(variables, wordsIn, texts.labels) : [],
    ...('at' in variables && { request_info: requestValues(variables, language) }),
    ...('path' in variables && linkValues(ownLink(variables.path, publicUrl))),
    ...('undo' in variables && undoValues(variables, publicUrl, language)),
    ...('lifetimeSeconds' in variables && { lifetime: durationText(variables.lifetimeSeconds, language) }),
    ...('factorName' in variables && { factor_name: plainName(variables.factorName) }),
    ...('failures' in variables && { failures: String(variables.failures) }),
    ...(email.template === 'recovery_code_used' && { codes_left: String(email.variables.codesLeft ?? '') }),
    ...('code' in variables && { code: variables.code, purpose: variables.purpose }),
    ...('clientName' in variables && {
      application: { name: plainName(variables.clientName) },
      client: { name: plainName(variables.clientName) },
    }),
  };
}

/** A template may ask whether there is such a link. */
function undoValues({ undo }: UndoVariables, publicUrl: string, language: string): TemplateValues {
  return {
    undo_url: undo ? ownLink(undo.path, publicUrl) : '',
    undo_lifetime: undo ? durationText(undo.lifetimeSeconds, language) : '',
  };
}

/** Auth0 has one name for the link of an invitation and another for the rest. */
function linkValues(url: string): TemplateValues {
  return { url, link: url };
}

function factsOf(
  occasion: Occasion & { clientName?: string; place?: string },
  language: string,
  labels: EmailTexts['labels'],
): { label: string; value: string }[] {
  const { at, ip, userAgent, clientName, place } = occasion;
  const facts = [
    { label: labels.application, value: plainName(clientName ?? '') },
    { label: labels.time, value: timeText(at, language) },
    { label: labels.place, value: plainName(place ?? '') },
    { label: labels.address, value: oneLine(ip ?? '') },
    { label: labels.browser, value: userAgent === undefined ? '' : describeBrowser(userAgent, labels) },
  ];
  return facts.filter(({ value }) => value !== '');
}

function describeBrowser(userAgent: string, labels: EmailTexts['labels']): string {
  const { browser, system } = browserName(userAgent);
  if (browser !== undefined && system !== undefined) {
    return renderPlain(labels.browserOnSystem, { browser, system });
  }
  return browser ?? system ?? labels.unknownBrowser;
}

function ownLink(path: string, publicUrl: string): string {
  const link = path.startsWith('/') ? URL.parse(path, publicUrl) : null;
  if (link?.origin !== new URL(publicUrl).origin) {
    throw new UndeliverableError('a link of the message leads outside the public URL');
  }
  return link.href;
}

function tidy(text: string): string {
  return `${text.replace(/\n{3,}/g, '\n\n').trim()}\n`;
}
