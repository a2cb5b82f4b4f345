import type { WordedChannel } from '../channel.ts';
import type { RequestInfo } from '../codeMessages.ts';
import { browserName } from './browserName.ts';
import { oneLine, plainName } from './plainName.ts';
import type { TemplateValues } from './renderLiquid.ts';

/** Who writes: as the tenant's settings have it at the moment of sending. */
export interface Sender {
  friendlyName: string;
  supportEmail?: string;
  supportUrl?: string;
  /** BCP 47 tags, the default first; all there are when absent. */
  enabledLocales?: readonly string[];
}

/** What every message knows: who writes, to whom, in which language. Names are Auth0's where it has them. */
export function senderValues(
  sender: Sender,
  facts: { channel: WordedChannel; language: string; locale?: string | undefined },
  longestName?: number,
): TemplateValues {
  const friendlyName = plainName(sender.friendlyName, longestName);
  const locale = oneLine(facts.locale ?? facts.language, 35);
  return {
    message_type: facts.channel,
    language: facts.language,
    locale,
    request_language: locale,
    requestInfo: { lang: locale },
    friendly_name: friendlyName,
    tenant: { friendly_name: friendlyName, friendlyName },
    support_email: oneLine(sender.supportEmail ?? ''),
    support_url: oneLine(sender.supportUrl ?? ''),
    support: oneLine(sender.supportEmail ?? sender.supportUrl ?? ''),
  };
}

/** Where a request came from; each value is empty when it isn't known. */
export interface RequestFacts {
  /** Epoch milliseconds. */
  at: number;
  ip?: string | undefined;
  userAgent?: string | undefined;
  /** `Lisbon, Portugal`. */
  place?: string | undefined;
}

/** `request_info`: of the browser only names of a list, never its own text (S-95). */
export function requestValues(request: RequestFacts, language: string): Readonly<Record<string, string>> {
  const { browser = '', system = '' } = browserName(request.userAgent ?? '');
  return {
    ip: oneLine(request.ip ?? ''),
    browser,
    system,
    place: plainName(request.place ?? ''),
    time: timeText(request.at, language),
  };
}

/** In UTC, since the reader may be anywhere: `January 15, 2026 at 12:00 PM (UTC)`. */
export function timeText(at: number, language: string): string {
  const format = new Intl.DateTimeFormat(language, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  return `${format.format(at)} (UTC)`;
}

/** In the largest unit that divides it: `5 days`, `1 hour`, `90 minutes`. */
export function durationText(seconds: number, language: string): string {
  const units: readonly [string, number][] = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ];
  const [unit, length] = units.find(([, size]) => seconds >= size && seconds % size === 0) ?? ['minute', 60];
  const format = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' });
  return format.format(Math.max(1, Math.round(seconds / length)));
}

/** `Lisbon, Portugal`: a country that comes as its code is named in the language. */
export function placeOf({ geo }: RequestInfo, locale: string): string | undefined {
  const parts = [geo?.city, geo?.country && countryName(geo.country, locale)].filter((part) => part);
  return parts.length === 0 ? undefined : parts.join(', ');
}

/** A language tag in its canonical form; undefined for what is none. */
export function canonicalTag(locale: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(locale)[0];
  } catch {
    return undefined;
  }
}

function countryName(country: string, locale: string): string {
  if (!/^[A-Z]{2}$/.test(country)) return country;
  const names = new Intl.DisplayNames([canonicalTag(locale) ?? 'en', 'en'], { type: 'region' });
  return names.of(country) ?? country;
}
