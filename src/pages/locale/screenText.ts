import type { Texts } from '../../mfa/screens.ts';
import { en, type PageTexts } from '../texts/en.ts';
import { pageTexts } from '../texts/pageTexts.ts';
import { fillText, type TextVariables } from './fillText.ts';

/** Gives the text of one key of a screen, placeholders filled. */
export type TextOf<Key extends string = string> = (key: Key, more?: TextVariables) => string;

type CommonKey = keyof PageTexts['common']['common'];
type Prompt = keyof PageTexts;
type ScreenOf<P extends Prompt> = keyof PageTexts[P] & string;
type KeyOf<P extends Prompt, S extends ScreenOf<P>> = (keyof PageTexts[P][S] & string) | CommonKey;

/** The texts of the pages' own screens in one language, checked key by key. */
export function pageText<P extends Prompt, S extends ScreenOf<P>>(
  locale: string,
  prompt: P,
  screen: S,
  variables: TextVariables,
): TextOf<KeyOf<P, S>> {
  return lookUp([dictionaryOf(locale)], prompt, screen, variables);
}

/**
 * The texts of a factor's screen: its own dictionary in this language, else in English, else the
 * texts common to all screens.
 */
export function factorText(
  locale: string,
  factorTexts: Readonly<Record<string, Texts>>,
  prompt: string,
  screen: string,
  variables: TextVariables,
): TextOf {
  const own = [factorTexts[locale], factorTexts[languageOf(locale)], factorTexts.en];
  return lookUp(
    [...own.filter((texts) => texts !== undefined), dictionaryOf(locale)],
    prompt,
    screen,
    variables,
  );
}

function lookUp(
  dictionaries: readonly Texts[],
  prompt: string,
  screen: string,
  variables: TextVariables,
): TextOf {
  return (key, more) => {
    const own = dictionaries.map((texts) => texts[prompt]?.[screen]?.[key]);
    const common = dictionaries.map((texts) => texts.common?.common?.[key]);
    const text = [...own, ...common].find((candidate) => candidate !== undefined);
    if (text === undefined) throw new Error(`No text for ${prompt}/${screen}/${key}`);
    return fillText(text, { ...variables, ...more });
  };
}

function dictionaryOf(locale: string): PageTexts {
  const dictionaries: Readonly<Record<string, PageTexts>> = pageTexts;
  return dictionaries[locale] ?? dictionaries[languageOf(locale)] ?? en;
}

function languageOf(locale: string): string {
  return locale.split('-')[0] ?? locale;
}
