import type { WordedMessage } from '../channel.ts';
import type { CodeMessage, CodeWording } from '../codeMessages.ts';
import { codeSource } from './codeTexts.ts';
import { emailTextsFor, messageLanguage } from './emailTexts.ts';
import { canonicalTag, placeOf, requestValues, type Sender, senderValues } from './messageValues.ts';
import { plainName } from './plainName.ts';
import type { EmailRenderer } from './renderEmail.ts';
import { renderPlain, type TemplateValues } from './renderLiquid.ts';
import { smsSegments } from './smsSegments.ts';
import type { TemplateKey } from './templateKey.ts';
import { ownTemplates, type TemplateSource } from './templateSource.ts';
import { dottedCode, pauseMark, toPhrases } from './voicePhrases.ts';

/** Id and time of the queued row, which the message in words carries on. */
type Envelope = Parameters<CodeWording>[1];

/**
 * Puts codes into words: the operator's where they can be used, else ours, so that a broken template never
 * keeps a code from arriving. `publicUrl` gives the host that a text message binds its code to (S-85);
 * `sender` and `templates` are asked for each message.
 */
export function createCodeWording(parts: {
  publicUrl: string;
  sender: () => Promise<Sender>;
  renderEmail: EmailRenderer;
  templates?: TemplateSource;
}): CodeWording {
  return async (message, row) => {
    if (message.channel === 'email') {
      return { ...row, to: message.to, ...(await parts.renderEmail(emailOf(message, row))) };
    }
    const sender = await parts.sender();
    return wordPhoneCode({ templates: ownTemplates, ...parts, sender }, message, row);
  };
}

async function wordPhoneCode(
  parts: { publicUrl: string; sender: Sender; templates: TemplateSource },
  message: CodeMessage,
  row: Envelope,
): Promise<WordedMessage> {
  const { sender, templates } = parts;
  const channel = message.channel === 'voice' ? 'voice' : 'sms';
  const key: TemplateKey = { channel, name: message.purpose };
  const word = (source: string, language: string): WordedMessage =>
    channel === 'voice'
      ? {
          ...row,
          to: message.to,
          language: voiceLanguage(message, language),
          phrases: speak(source, language),
        }
      : { ...row, to: message.to, text: write(source, language) };
  const speak = (source: string, language: string) =>
    toPhrases(renderPlain(source, codeValues(message, row, sender, language)), message.code);
  const write = (source: string, language: string) =>
    shortestText(source, (longestName) => codeValues(message, row, sender, language, longestName), {
      code: message.code,
      line: autofillLine(parts.publicUrl, message.code),
    });

  const language = messageLanguage(message.locale, sender.enabledLocales);
  const stored = await templates.find(key, language);
  if (stored?.text !== undefined) {
    try {
      return word(stored.text, language);
    } catch (error) {
      await templates.report(key, language, error);
    }
  }
  const { language: ownLanguage } = emailTextsFor(language);
  return word(codeSource(channel, message.purpose, ownLanguage), ownLanguage);
}

/** Longer is no text message any more; providers refuse it. */
const longestText = 1600;
/** Of the tenant's name, in the order in which they are tried. */
const nameLengths = [40, 16];

/**
 * The text in as few parts as it can be: with the line for autofill and the tenant's name, without the
 * line, or with a shorter name.
 */
function shortestText(
  source: string,
  values: (longestName?: number) => TemplateValues,
  { code, line }: { code: string; line: string },
): string {
  const [name, shortName] = nameLengths;
  const candidates = [
    { ...values(name), autofill_line: line },
    { ...values(name), autofill_line: '' },
    { ...values(shortName), autofill_line: '' },
  ].map((candidate) => textOf(renderPlain(source, candidate)));
  const counted = candidates.map((text) => ({ text, parts: smsSegments(text).segments }));
  const fewest = Math.min(...counted.map(({ parts }) => parts));
  const text = counted.find(({ parts }) => parts === fewest)?.text ?? '';
  if (!text.includes(code)) throw new Error('the message lacks its code: {{ code }}');
  if (text.length > longestText) throw new RangeError(`longer than ${longestText} characters`);
  return text;
}

/** Line ends are kept, since the one for autofill has to stand alone; other control characters are not. */
function textOf(rendered: string): string {
  return rendered
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{C}\n]+/gu, '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/**
 * The last line of an origin-bound one-time code (WICG, "Origin-bound one-time codes delivered via SMS"):
 * browsers fill the code in at this host and nowhere else. Empty for an address without a name.
 */
function autofillLine(publicUrl: string, code: string): string {
  const { hostname } = new URL(publicUrl);
  return /^[\d.]+$|[[:]/.test(hostname) ? '' : `@${hostname} #${code}`;
}

function codeValues(
  { channel, locale, purpose, code, clientName, requestInfo }: CodeMessage,
  { createdAt }: Envelope,
  sender: Sender,
  language: string,
  longestName?: number,
): TemplateValues {
  const isSpoken = channel === 'voice';
  const application = { name: plainName(clientName, longestName) };
  return {
    ...senderValues(sender, { channel, language, locale }, longestName),
    code: isSpoken ? dottedCode(code) : code,
    purpose,
    application,
    client: application,
    request_info: requestValues(
      {
        at: createdAt,
        ip: requestInfo.ip,
        userAgent: requestInfo.userAgent,
        place: placeOf(requestInfo, language),
      },
      language,
    ),
    ...(isSpoken && { pause: pauseMark }),
  };
}

function emailOf(message: CodeMessage, { createdAt }: Envelope) {
  const { to, locale, code, purpose, clientName, requestInfo, expiresAt } = message;
  const place = placeOf(requestInfo, locale ?? 'en');
  return {
    to,
    template: 'mfa_oob_code',
    ...(locale !== undefined && { locale }),
    variables: {
      code,
      purpose,
      clientName,
      at: createdAt,
      ip: requestInfo.ip,
      userAgent: requestInfo.userAgent,
      ...(place !== undefined && { place }),
      lifetimeSeconds: Math.max(60, Math.round((expiresAt - createdAt) / 1000)),
    },
  } as const;
}

/** The person's own form of the language where it has one: `pt-PT` speaks otherwise than `pt`. */
function voiceLanguage({ locale }: CodeMessage, language: string): string {
  const canonical = locale === undefined ? undefined : canonicalTag(locale);
  return canonical?.split('-')[0] === language ? canonical : language;
}
