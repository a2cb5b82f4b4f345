import type { Block, FactorScreens } from '../../mfa/screens.ts';

const heading: readonly Block[] = [{ kind: 'title' }, { kind: 'description' }];

/** What was handed out, and what can be done with it. */
function shown(source: 'recoveryCode' | 'recoveryCodes'): readonly Block[] {
  return [
    ...heading,
    { kind: 'text-code', source, download: true, print: true },
    { kind: 'confirm', field: 'saved', text: 'checkboxText' },
    { kind: 'submit' },
  ];
}

/**
 * The hosted screens of the recovery codes: shown at the first enrolment, asked for at a challenge, and
 * replaced after use. Where a person is given several, those are shown on screens of their own.
 */
export const recoveryCodeScreens: FactorScreens = {
  nameText: 'authenticatorNamesRecoveryCode',
  icon: 'recovery-code',
  screens: [
    {
      id: 'mfa-recovery-code-enrollment',
      prompt: 'mfa-recovery-code',
      step: 'reveal',
      source: 'recoveryCode',
      blocks: shown('recoveryCode'),
    },
    {
      id: 'mfa-recovery-codes-enrollment',
      prompt: 'mfa-recovery-code',
      step: 'reveal',
      source: 'recoveryCodes',
      blocks: shown('recoveryCodes'),
    },
    {
      id: 'mfa-recovery-code-challenge',
      prompt: 'mfa-recovery-code',
      step: 'challenge',
      blocks: [
        ...heading,
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
      source: 'recoveryCode',
      blocks: [...shown('recoveryCode'), { kind: 'new-codes', source: 'remaining', text: 'newCodesText' }],
    },
    {
      id: 'mfa-recovery-codes-new',
      prompt: 'mfa-recovery-code',
      step: 'replacement',
      source: 'recoveryCodes',
      blocks: shown('recoveryCodes'),
    },
    {
      id: 'mfa-recovery-codes-few',
      prompt: 'mfa-recovery-code',
      step: 'replacement',
      source: 'remaining',
      blocks: [
        ...heading,
        { kind: 'new-codes', source: 'remaining', text: 'newCodesText', laterText: 'buttonText' },
      ],
    },
  ],
};
