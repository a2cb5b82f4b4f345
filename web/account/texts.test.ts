import { describe, expect, it } from 'vitest';
import { de } from './client/texts/de.js';
import { en } from './client/texts/en.js';
import { es } from './client/texts/es.js';
import { fr } from './client/texts/fr.js';
import { ja } from './client/texts/ja.js';
import { pt } from './client/texts/pt.js';
import { chooseLanguage } from './client/words.js';

type Texts = Readonly<Record<string, string>>;
const all: Readonly<Record<string, Texts>> = { en, de, es, fr, pt, ja };
const placeholdersOf = (text: string) => [...text.matchAll(/\$\{\w+\}/g)].map(([found]) => found).sort();
/** Words that a language shares with English. */
const shared = ['passkey', 'bySms', 'duo'];

describe.each(Object.keys(all))('the texts in %s', (language) => {
  const texts = all[language] ?? {};

  it('are complete, with the same placeholders', () => {
    expect(Object.keys(texts)).toEqual(Object.keys(en));
    for (const [key, text] of Object.entries(texts)) {
      expect(text.trim(), key).not.toBe('');
      expect(placeholdersOf(text), key).toEqual(placeholdersOf((en as Texts)[key] ?? ''));
    }
  });

  it('are translated', () => {
    const same = Object.keys(en).filter((key) => language !== 'en' && texts[key] === (en as Texts)[key]);
    expect(same.filter((key) => !shared.includes(key))).toEqual([]);
  });
});

describe('the language', () => {
  it.each([
    [['de-AT', 'en'], ['en', 'de'], 'de'],
    [['nl', 'fr-CA'], ['en', 'fr'], 'fr'],
    [['ja'], ['de', 'en'], 'de'],
    [['pt'], ['pt-BR'], 'pt'],
    [[], ['xx'], 'en'],
  ])('for the wishes %j of %j is %s', (wishes, enabled, expected) => {
    expect(chooseLanguage(wishes, enabled)).toBe(expected);
  });
});
