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
  const wanted = [
    ...(wishes.uiLocales ?? '').slice(0, longestList).split(' '),
    ...parseAcceptLanguage(wishes.acceptLanguage ?? ''),
  ];
  for (const tag of wanted) {
    const match = tag && findEnabled(tag, enabled);
    if (match) return match;
  }
  return enabled[0] ?? 'en';
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
