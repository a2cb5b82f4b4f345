import { describe, expect, it } from 'vitest';
import { languages } from './client/languages.js';
import { de } from './client/texts/de.js';
import { en } from './client/texts/en.js';
import { es } from './client/texts/es.js';
import { fr } from './client/texts/fr.js';
import { ja } from './client/texts/ja.js';
import { notificationTexts } from './client/texts/notifications.js';
import { pt } from './client/texts/pt.js';

type Texts = Readonly<Record<string, string>>;
const all: Readonly<Record<string, Texts>> = { en, de, es, fr, pt, ja };
const placeholdersOf = (text: string) => [...text.matchAll(/\$\{\w+\}/g)].map(([found]) => found).sort();

it('each language has texts', () => {
  expect(Object.keys(all)).toEqual(Object.keys(languages));
});

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
    expect(
      same.filter((key) => !['productName', 'linkLabel', 'version', 'factServer'].includes(key)),
    ).toEqual([]);
  });

  it('name the application in a notification, whatever letters it has', () => {
    const { title, over, open } = notificationTexts(language, "A$&B$'");
    expect(title).toContain("A$&B$'");
    expect(over).toContain("A$&B$'");
    expect(open).not.toBe('');
  });
});
