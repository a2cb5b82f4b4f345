import { expect, it } from 'vitest';
import { chooseLocale, regionalLocale } from './chooseLocale.ts';

const enabled = ['en', 'de', 'pt-BR', 'ja'];

it.each([
  ['the application’s wish before the browser’s', 'de', 'ja', 'de'],
  ['the next wish when the first is not enabled', 'it de', undefined, 'de'],
  ['the browser’s when the application has none', undefined, 'fr;q=0.9, ja;q=0.8', 'ja'],
  ['the browser’s most wanted, whatever its place in the list', undefined, 'ja;q=0.2, de;q=0.9', 'de'],
  ['the tenant’s default when nothing matches', 'it', 'fr', 'en'],
  ['the tenant’s default when nothing is said', undefined, undefined, 'en'],
  ['a more general language', 'de-AT', undefined, 'de'],
  ['a more special language', 'pt', undefined, 'pt-BR'],
  ['any spelling of case', 'DE', undefined, 'de'],
  ['nothing that the browser refuses', undefined, 'de;q=0, ja', 'ja'],
  ['nothing from a list that is no list', ';;;=,,"', '\u0000<script>', 'en'],
])('chooses %s', (_what, uiLocales, acceptLanguage, expected) => {
  expect(chooseLocale({ uiLocales, acceptLanguage }, enabled)).toBe(expected);
});

it('reads only the start of an endless list', () => {
  const endless = `${'x'.repeat(8)}, `.repeat(100_000);
  expect(chooseLocale({ acceptLanguage: `${endless}de` }, enabled)).toBe('en');
});

it.each([
  ['the browser’s country', 'en', undefined, 'en-GB,en;q=0.9', 'en-GB'],
  ['the one that the application names first', 'pt-BR', 'pt-PT', 'pt-BR', 'pt-PT'],
  ['the one behind a script', 'ja', undefined, 'ja-Jpan-JP', 'ja-JP'],
  ['none of another language', 'de', undefined, 'de, en-US;q=0.8', 'de'],
  ['none where none is said', 'fr', 'fr', undefined, 'fr'],
])('adds %s', (_what, locale, uiLocales, acceptLanguage, expected) => {
  expect(regionalLocale({ uiLocales, acceptLanguage }, locale)).toBe(expected);
});
