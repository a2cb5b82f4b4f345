import type { FactorScreens } from '../../mfa/screens.ts';

/** The hosted screen of a pass: an operator hands it out, so it is only asked for here. */
export const temporaryPassScreens: FactorScreens = {
  nameText: 'authenticatorNamesTemporaryPass',
  icon: 'recovery-code',
  screens: [
    {
      id: 'mfa-temporary-pass-challenge',
      prompt: 'mfa-temporary-pass',
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
  ],
};
