import { type Static, Type } from 'typebox';
import { codeLifetimeSetting } from '../../../mfa/sends/sendSettings.ts';

/** Digits of a code that is sent; pages and messages are made for so many. */
const codeLength = 6;

/** How codes that are sent are made, in this API's words. */
export const sentCodeSettings = Type.Object(
  {
    otp_length: Type.Literal(codeLength, { description: 'Digits of a code.' }),
    otp_expiration_time: Type.Unsafe<number>({
      ...codeLifetimeSetting,
      description: 'Life of a code, seconds.',
    }),
  },
  { additionalProperties: false },
);

export type SentCodeSettings = Static<typeof sentCodeSettings>;

export function toSentCodeSettings({
  codeLifetimeSeconds,
}: {
  codeLifetimeSeconds: number;
}): SentCodeSettings {
  return { otp_length: codeLength, otp_expiration_time: codeLifetimeSeconds };
}

export function fromSentCodeSettings({ otp_expiration_time }: SentCodeSettings) {
  return { codeLifetimeSeconds: otp_expiration_time };
}
