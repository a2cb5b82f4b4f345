import { browserName } from '../../delivery/templates/browserName.ts';

/** A browser in words: `Firefox on Linux`. */
export function browserText(userAgent: string): string {
  const { browser = 'Unknown browser', system } = browserName(userAgent);
  return system === undefined ? browser : `${browser} on ${system}`;
}
