import type { PasswordFault } from '../accounts/passwordPolicy.ts';

/** Text key of the advice for each reason a new password isn't accepted. */
export const passwordFaultText = {
  too_short: 'password-policy-length-at-least',
  too_long: 'password-policy-length-at-most',
  too_common: 'password-too-common',
  too_personal: 'password-policy-contains-user-information',
} as const satisfies Record<PasswordFault, string>;
