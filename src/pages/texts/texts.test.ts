import { describe, expect, it } from 'vitest';
import { factors } from '../../factors/factors.ts';
import type { Texts } from '../../mfa/screens.ts';
import { pageTexts } from './pageTexts.ts';

const sources: [string, Readonly<Record<string, Texts>>][] = [
  ['pages', pageTexts],
  ...factors.map(({ name, texts }): [string, Readonly<Record<string, Texts>>] => [name, texts]),
];

describe.each(sources)('texts of %s', (_name, dictionaries) => {
  const english = flat(dictionaries.en ?? {});
  const languages = Object.entries(dictionaries).map(([locale, texts]) => [locale, flat(texts)] as const);

  it('come in the six languages', () => {
    expect(Object.keys(dictionaries).sort()).toEqual(['de', 'en', 'es', 'fr', 'ja', 'pt']);
  });

  it.each(languages)('have the same keys and placeholders in %s', (_locale, texts) => {
    expect([...texts.keys()]).toEqual([...english.keys()]);
    for (const [key, text] of texts) {
      expect(text.trim(), key).not.toBe('');
      expect(placeholders(text), key).toEqual(placeholders(english.get(key) ?? ''));
    }
  });

  it.each(languages.filter(([locale]) => locale !== 'en'))('are translated in %s', (_locale, texts) => {
    const same = [...texts].filter(
      ([key, text]) => text === english.get(key) && /[a-z]/i.test(text.replace(/\$\{\w+\}/g, '')),
    );
    // A few words are the same in two languages: "Continuar" never is, "E-mail" may be, and a product's name is.
    expect(same.length).toBeLessThanOrEqual(Math.max(2, english.size / 20));
  });
});

function flat(texts: Texts): Map<string, string> {
  const entries = Object.entries(texts).flatMap(([prompt, screens]) =>
    Object.entries(screens).flatMap(([screen, keys]) =>
      Object.entries(keys).map(([key, text]): [string, string] => [`${prompt}/${screen}/${key}`, text]),
    ),
  );
  return new Map(entries.sort(([a], [b]) => a.localeCompare(b)));
}

function placeholders(text: string): string[] {
  return [...new Set(text.match(/\$\{\w+\}/g))].sort();
}
