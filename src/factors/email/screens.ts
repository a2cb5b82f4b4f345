import type { FactorScreens } from '../../mfa/screens.ts';
import { challengeBlocks, methodListBlocks } from '../../mfa/sends/sentCodeBlocks.ts';

/** The hosted screens of codes by e-mail: the code is entered, another address chosen. */
export const emailScreens: FactorScreens = {
  nameText: 'authenticatorNamesEmail',
  icon: 'email',
  screens: [
    {
      id: 'mfa-email-challenge',
      prompt: 'mfa-email',
      step: 'challenge',
      tooManyText: 'too-many-email',
      expiredText: 'invalid-expired-code',
      blocks: [
        ...challengeBlocks,
        { kind: 'pick-method', text: 'changeEmailText' },
        { kind: 'pick-authenticator' },
      ],
    },
    {
      id: 'mfa-email-list',
      prompt: 'mfa-email',
      step: 'pick-method',
      blocks: methodListBlocks,
    },
  ],
};
