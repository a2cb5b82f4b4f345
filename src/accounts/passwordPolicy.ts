import { isCommonPassword } from './commonPasswords.ts';
import { longestPassword, normalisePassword, shortestPassword } from './passwordText.ts';
import type { User } from './users.ts';

/** Why a password isn't accepted. */
export type PasswordFault = 'too_short' | 'too_long' | 'too_common' | 'too_personal';

/** Whom a password is for: their words are what a guesser tries first. */
export type PasswordOwner = Pick<User, 'email' | 'name' | 'nickname' | 'givenName' | 'familyName'>;

const fewestDifferentCharacters = 4;
const shortestPersonalWord = 4;

/**
 * Judges a new password by length, leaks and the person's own data; no mix of character kinds is asked
 * for, and no change without cause (NIST SP 800-63B).
 *
 * @returns the first fault found, or undefined when the password is good.
 */
export async function judgePassword(
  password: string,
  owner: PasswordOwner,
): Promise<PasswordFault | undefined> {
  const normalised = normalisePassword(password);
  const characters = [...normalised];
  if (characters.length < shortestPassword) return 'too_short';
  if (characters.length > longestPassword) return 'too_long';
  if (isMonotonous(characters) || (await isCommonPassword(normalised))) return 'too_common';
  if (isMostlyPersonal(normalised, owner)) return 'too_personal';
  return undefined;
}

/** Few different characters, or each the neighbour of the one before: `abababab`, `34567890`, `zyxwvuts`. */
function isMonotonous(characters: readonly string[]): boolean {
  if (new Set(characters).size < fewestDifferentCharacters) return true;
  const steps = characters.slice(1).map((character, i) => {
    return (character.codePointAt(0) ?? 0) - (characters[i]?.codePointAt(0) ?? 0);
  });
  return steps.every((step) => step === 1) || steps.every((step) => step === -1);
}

/** Whether too little is left when the words a guesser knows are taken out. */
function isMostlyPersonal(password: string, owner: PasswordOwner): boolean {
  const { email, name, nickname, givenName, familyName } = owner;
  const words = [email, name, nickname, givenName, familyName]
    .flatMap((text) => wordsOf(text ?? ''))
    .filter((word) => word.length >= shortestPersonalWord)
    .sort((a, b) => b.length - a.length);
  let rest = password.toLowerCase();
  for (const word of words) rest = rest.replaceAll(word, '');
  return rest.length < shortestPassword && rest.length < password.length;
}

/** The whole text, an address's part before the @, and every word of letters and digits. */
function wordsOf(text: string): string[] {
  const folded = text.normalize('NFKC').toLowerCase();
  return [folded, folded.split('@')[0] ?? '', ...(folded.match(/[\p{L}\p{N}]+/gu) ?? [])];
}
