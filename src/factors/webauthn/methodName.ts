import { cutMethodName, longestMethodName } from '../../mfa/methodName.ts';

/** The name with a number after it where the person has one of that name already: `Security key 2`. */
export function numberedName(name: string, taken: readonly string[]): string {
  const numbered = (number: number) => {
    if (number === 1) return name;
    const suffix = ` ${number}`;
    return cutMethodName(name, longestMethodName - suffix.length) + suffix;
  };
  let number = 1;
  while (taken.includes(numbered(number))) number += 1;
  return numbered(number);
}
