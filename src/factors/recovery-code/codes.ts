import { equalSecrets } from '../../crypto/constantTime.ts';
import { randomString } from '../../crypto/random.ts';
import type { Shown } from '../../mfa/factor.ts';

/** Keyed hashes of the codes that are left: a code itself can't be shown again. */
export interface CodeList {
  codeHashes: readonly string[];
  /** How many there were. */
  handedOut: number;
}

/** How the only code of a person was kept before there were lists. */
interface SingleCode {
  codeHash: string;
}

export type RecoveryCodeState = CodeList | SingleCode;

/** No I, O and 0, which people mix up: 33 characters, 121 bits in a code of 24. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ123456789';
const codeLength = 24;
const few = 3;

/** The code as it was handed out, however it was typed; undefined for what can't be one. */
export function readCode(input: unknown): string | undefined {
  if (typeof input !== 'string' || input.length > 2 * codeLength) return undefined;
  const code = input.replace(/[\s-]/g, '').toUpperCase();
  return new RegExp(`^[A-Z0-9]{${codeLength}}$`).test(code) ? code : undefined;
}

/** Makes new codes; shown as `recoveryCode`, or as `recoveryCodes` with spaces between where there are several. */
export function drawCodes(count: number, hash: (code: string) => string): { state: CodeList; shown: Shown } {
  const codes = Array.from({ length: count }, () => randomString(alphabet, codeLength));
  const state = { codeHashes: codes.map(hash), handedOut: count };
  const text = codes.join(' ');
  return { state, shown: count === 1 ? { recoveryCode: text } : { recoveryCodes: text } };
}

export function listOf(state: RecoveryCodeState): CodeList {
  return 'codeHash' in state ? { codeHashes: [state.codeHash], handedOut: 1 } : state;
}

/**
 * The list without this code; undefined when it isn't in it. Each is compared, so that the time taken doesn't
 * tell which one it was (S-12).
 */
export function withoutCode(list: CodeList, codeHash: string): CodeList | undefined {
  const left = list.codeHashes.filter((one) => !equalSecrets(one, codeHash));
  return left.length === list.codeHashes.length ? undefined : { ...list, codeHashes: left };
}

/** How many are left of several; undefined where there was one only, which is always replaced. */
export function remainingOf({ codeHashes, handedOut }: CodeList): number | undefined {
  return handedOut > 1 ? codeHashes.length : undefined;
}

/** What the person is shown when their codes run out: `remaining`. */
export function shortage(list: CodeList): Shown | undefined {
  const remaining = remainingOf(list);
  return remaining !== undefined && remaining <= few ? { remaining: String(remaining) } : undefined;
}
