import type { Block, FactorScreens } from '../../mfa/screens.ts';

const shownCode: readonly Block[] = [
  { kind: 'title' },
  { kind: 'description' },
  { kind: 'text-code', source: 'recoveryCode', download: true, print: true },
  { kind: 'confirm', field: 'saved', text: 'checkboxText' },
  { kind: 'submit' },
];

/**
 * The hosted screens of the recovery code: shown at the first enrolment, asked for at a
 * challenge, and replaced after use.
 */
export const recoveryCodeScreens: FactorScreens = {
  nameText: 'authenticatorNamesRecoveryCode',
  icon: 'recovery-code',
  screens: [
    {
      id: 'mfa-recovery-code-enrollment',
      prompt: 'mfa-recovery-code',
      step: 'reveal',
      blocks: shownCode,
    },
    {
      id: 'mfa-recovery-code-challenge',
      prompt: 'mfa-recovery-code',
      step: 'challenge',
      blocks: [
        { kind: 'title' },
        { kind: 'description' },
        {
          kind: 'code-input',
          field: 'code',
          inputMode: 'text',
          autocomplete: 'off',
          malformedText: 'invalid-code-format',
        },
        { kind: 'submit' },
        { kind: 'pick-authenticator' },
      ],
    },
    {
      id: 'mfa-recovery-code-challenge-new-code',
      prompt: 'mfa-recovery-code',
      step: 'replacement',
      blocks: shownCode,
    },
  ],
};
