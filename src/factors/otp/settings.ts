import { type Static, Type } from 'typebox';

/** How one-time passwords are made (RFC 6238). A change counts for new enrolments only. */
export const otpSettings = Type.Object({
  algorithm: Type.Union([Type.Literal('SHA1'), Type.Literal('SHA256'), Type.Literal('SHA512')], {
    default: 'SHA1',
    description: 'Hash of the HMAC. Many authenticator apps know only SHA1.',
  }),
  digits: Type.Union([Type.Literal(6), Type.Literal(8)], {
    default: 6,
    description: 'Length of a code. Many authenticator apps know only 6.',
  }),
  periodSeconds: Type.Integer({ default: 30, minimum: 15, maximum: 120, description: 'Life of a code.' }),
  window: Type.Integer({
    default: 1,
    minimum: 0,
    maximum: 10,
    description: 'Time steps accepted before and after the present one.',
  }),
});

export type OtpSettings = Static<typeof otpSettings>;
