import { describe, expect, it } from 'vitest';
import { judgePassword } from './passwordPolicy.ts';
import { longestPassword } from './passwordText.ts';

const ann = { email: 'ann.keller@example.com', name: 'Ann Keller' };

describe('judgePassword', () => {
  it.each([
    ['seven letters', 'zqkvxwj', 'too_short'],
    ['eight bytes that are fewer characters', '🦊🦉🐙🦀', 'too_short'],
    ['nothing', '', 'too_short'],
    ['more than the longest', 'ab3-'.repeat(longestPassword), 'too_long'],
    ['ten thousand characters', 'x'.repeat(10_000), 'too_long'],
    ['a leaked password', 'iloveyou', 'too_common'],
    ['a leaked password in capitals', 'PassWord', 'too_common'],
    ['one character over and over', 'zzzzzzzzzzzz', 'too_common'],
    ['three characters over and over', 'xyzxyzxyzxyz', 'too_common'],
    ['a run upwards', 'cdefghijklm', 'too_common'],
    ['a run downwards', '987654321', 'too_common'],
    ['the address', 'ann.keller@example.com', 'too_personal'],
    ['the name and a year', 'Keller2026!', 'too_personal'],
  ])('refuses %s', async (_what, password, fault) => {
    expect(await judgePassword(password, ann)).toBe(fault);
  });

  it.each([
    ['a passphrase', 'four small brown foxes'],
    ['a random one', 'k7#Vq2!p'],
    ['one with spaces around', '  tulip 42 moon  '],
    ['letters of any script', 'зимнее утро 7'],
    ['a passphrase that names the person', 'keller mag grünen tee sehr'],
    ['the longest', `${'horse battery '.repeat(18)}abcd`],
  ])('accepts %s', async (_what, password) => {
    expect(await judgePassword(password, ann)).toBeUndefined();
  });

  it('has no use for names that are empty', async () => {
    expect(await judgePassword('seven green apples', { email: ann.email, name: '' })).toBeUndefined();
  });
});
