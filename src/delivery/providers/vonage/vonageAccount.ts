import { Type } from 'typebox';
import { secret } from '../fields.ts';
import type { Cost } from '../provider.ts';

/** What texts and calls need alike. */
export const apiKey = (description: string) => Type.String({ pattern: '^[0-9a-zA-Z]{1,64}$', description });

export const currency = Type.Optional(
  Type.String({ pattern: '^[A-Z]{3}$', description: 'What the account is billed in. Default EUR.' }),
);

export const signatureSecret = Type.Optional(
  secret('Signature secret of the account; without it no receipts are asked for.'),
);

/** How far the time of a signed receipt may be from ours, seconds: an older one may be played again (S-97). */
export const freshSeconds = 5 * 60;

/** The price that a receipt names, in what the account is billed in; nothing where it names none. */
export function costOf(price: string | null | undefined, currency = 'EUR'): { cost?: Cost } {
  return price && /^\d+(\.\d+)?$/.test(price) ? { cost: { amount: price, currency } } : {};
}
