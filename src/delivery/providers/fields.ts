import { Type } from 'typebox';
import { senderPattern } from '../senderOf.ts';

/** Fields that several providers ask for. */

export const baseUrl = (standard: string) =>
  Type.Optional(
    Type.String({
      pattern: '^https?://',
      maxLength: 500,
      description: `Address of the API, for another region or a gateway. Default ${standard}.`,
    }),
  );

export const secret = (description: string) => Type.String({ minLength: 1, maxLength: 1000, description });

export const mailFrom = Type.String({
  pattern: senderPattern,
  maxLength: 320,
  description: 'The sender: an address, or a name and an address as in Example <login@example.com>.',
});
