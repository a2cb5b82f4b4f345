/** The region that speaks a language where none was asked for; elsewhere the first that is offered. */
const usual: Readonly<Record<string, string>> = {
  de: 'de-DE',
  en: 'en-US',
  es: 'es-ES',
  fr: 'fr-FR',
  nl: 'nl-NL',
  no: 'nb-NO',
  pt: 'pt-BR',
  zh: 'cmn-CN',
};

/**
 * The locale of a speaking voice that comes closest to a language.
 *
 * @param language BCP 47, as in `de` or `pt-PT`; case doesn't matter.
 * @param offered what the provider's voices speak, `en-US` among them.
 * @returns one of `offered`; `en-US` where nothing else fits.
 */
export function closestLocale(language: string, offered: readonly string[]): string {
  const wanted = language.toLowerCase();
  const [base = ''] = wanted.split('-');
  const standard = Object.hasOwn(usual, base) ? usual[base] : undefined;
  return (
    offered.find((locale) => locale.toLowerCase() === wanted) ??
    offered.find((locale) => locale === standard) ??
    offered.find((locale) => locale.split('-')[0] === base) ??
    'en-US'
  );
}
