import { shortestPassword } from './passwordText.ts';

let list: Promise<ReadonlySet<string>> | undefined;

/**
 * Whether a password is among the ones most often found in leaks, in any mix of capitals. The list
 * (about 18,000 of eight characters or more) is read when it is first needed.
 */
export async function isCommonPassword(password: string): Promise<boolean> {
  list ??= readList();
  return (await list).has(password.toLowerCase());
}

async function readList(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set(dictionary['passwords-common'].filter((password) => password.length >= shortestPassword));
}
