import { parseAcceptLanguage } from '../../http/acceptLanguage.ts';

/** What a person or an application said about languages. */
export interface LocaleWishes {
  /** OpenID Connect `ui_locales`: BCP 47 tags separated by spaces, most wanted first. */
  uiLocales?: string | undefined;
  /** `Accept-Language` header, RFC 9110 §12.5.4. */
  acceptLanguage?: string | undefined;
}

/** Longer lists come from no person; reading them would only cost time. */
const longestList = 1000;

/**
 * The language of the pages: the first of `ui_locales` that is enabled, else the browser's most
 * wanted one, else the tenant's default. A tag also matches a more general or a more special
 * one: `de-AT` finds `de`, and `pt` finds `pt-BR`.
 * @param enabled the tenant's languages, the default first; at least one
 */
export function chooseLocale(wishes: LocaleWishes, enabled: readonly string[]): string {
  for (const tag of wantedTags(wishes)) {
    const match = findEnabled(tag, enabled);
    if (match) return match;
  }
  return enabled[0] ?? 'en';
}

/**
 * The language of the pages with the country that the person named beside it: `en` and `en-GB` give
 * `en-GB`. Without one it stays as it is.
 */
export function regionalLocale(wishes: LocaleWishes, locale: string): string {
  const language = locale.split('-')[0] ?? locale;
  const regions = wantedTags(wishes).flatMap((tag) => {
    const [, wanted, region] = /^([a-z]{2,3})(?:-[a-z]{4})?-([a-z]{2})(?:-|$)/i.exec(tag) ?? [];
    return region && wanted?.toLowerCase() === language ? region.toUpperCase() : [];
  });
  return regions[0] ? `${language}-${regions[0]}` : locale;
}

function wantedTags({ uiLocales = '', acceptLanguage = '' }: LocaleWishes): string[] {
  const asked = uiLocales.slice(0, longestList).split(' ');
  return [...asked, ...parseAcceptLanguage(acceptLanguage)].filter((tag) => tag !== '');
}

function findEnabled(tag: string, enabled: readonly string[]): string | undefined {
  const lower = tag.toLowerCase();
  const language = lower.split('-')[0];
  return (
    enabled.find((candidate) => candidate.toLowerCase() === lower) ??
    enabled.find((candidate) => candidate.toLowerCase() === language) ??
    enabled.find((candidate) => candidate.toLowerCase().split('-')[0] === language)
  );
}
