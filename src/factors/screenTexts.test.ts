import { describe, expect, it } from 'vitest';
import type { LocalisedTexts } from '../mfa/screens.ts';
import { factors } from './factors.ts';

interface ScreenList {
  nameText: string;
  nameTextOfChannel?: Readonly<Record<string, string>>;
  screens: readonly { id: string; prompt: string; step: string; blocks: readonly object[] }[];
}

interface Traits {
  isRestricted: boolean;
  /** A person chooses to set it up. */
  isChosen: boolean;
}

const sources = factors.map(
  ({ name, screens, texts, assurance, enrolment }): [string, ScreenList, LocalisedTexts, Traits] => [
    name,
    screens,
    texts,
    { isRestricted: assurance.isRestricted === true, isChosen: enrolment === 'by-person' },
  ],
);

/** Keys of the buttons that a block has where its member of this name says so. */
const keysOfMember: Readonly<Record<string, string>> = {
  download: 'downloadButtonText',
  print: 'printButtonText',
};

/** Keys that a kind of block has without naming them. */
const keysOfKind: Readonly<Record<string, readonly string[]>> = {
  title: ['title'],
  description: ['description'],
  submit: ['buttonText'],
  'text-code': ['altText', 'copyCodeButtonText'],
  confirm: ['no-confirmation'],
  'code-input': ['placeholder', 'no-code', 'invalid-code'],
  resend: ['resendWaitText'],
  'remember-browser': ['rememberMeText'],
  'pick-authenticator': ['pickAuthenticatorText'],
};

describe.each(sources)('screens of %s', (_name, list, localised, traits) => {
  const { isRestricted, isChosen } = traits;
  const texts = localised.en;
  const { screens } = list;
  const names = [list.nameText, ...Object.values(list.nameTextOfChannel ?? {})];

  it.each(screens)('$id, step $step, has the words it shows', ({ id, prompt, blocks }) => {
    const words = texts?.[prompt]?.[id];
    for (const key of ['pageTitle', ...blocks.flatMap(textKeys)]) expect(words, key).toHaveProperty([key]);
  });

  it('have a name on the choosers', () => {
    for (const key of names) expect(texts?.mfa?.['mfa-login-options']).toHaveProperty([key]);
  });

  it.each(Object.entries(localised))('read every text that there is in %s', (_locale, inLanguage) => {
    const read = (prompt: string, id: string) =>
      prompt === 'mfa'
        ? [...names, ...(isChosen ? ['explanationText'] : [])]
        : ['pageTitle', ...screens.filter((screen) => screen.id === id).flatMap(textKeys)];
    const unread = Object.entries(inLanguage).flatMap(([prompt, ofPrompt]) =>
      Object.entries(ofPrompt).flatMap(([id, words]) =>
        Object.keys(words)
          .filter((key) => !read(prompt, id).includes(key))
          .map((key) => `${prompt}/${id}/${key}`),
      ),
    );
    expect(unread).toEqual([]);
  });

  it.runIf(isChosen)('say what the factor takes, where it can be chosen', () => {
    expect(texts?.mfa?.['mfa-begin-enroll-options']).toHaveProperty(['explanationText']);
  });

  it.runIf(isRestricted)('S-48 say that there is something better where it is set up', () => {
    const inputs = screens.filter(({ step }) => step === 'input');
    expect(inputs.length).toBeGreaterThan(0);
    for (const { blocks } of inputs) expect(blocks).toContainEqual({ kind: 'hint', text: 'restrictedText' });
  });
});

function textKeys(block: object): string[] {
  const named = Object.entries(block).flatMap(([member, value]) => {
    if (member === 'texts') return value as string[];
    if (Array.isArray(value)) return value.flatMap(textKeys);
    if (typeof value === 'object' && value !== null) return textKeys(value);
    if (/^(text|lead|\w+Text)$/.test(member)) return [String(value)];
    return value === true ? (keysOfMember[member] ?? []) : [];
  });
  const { kind = '', text } = block as { kind?: string; text?: string };
  const isLabelled = kind === 'submit' && text !== undefined;
  return [...named, ...(isLabelled ? [] : (keysOfKind[kind] ?? []))];
}
