import type { Block, FactorScreens } from '../../mfa/screens.ts';

const blocks: readonly Block[] = [
  { kind: 'title' },
  { kind: 'description' },
  {
    kind: 'redirect',
    text: 'buttonText',
    leavingTitleText: 'leavingTitle',
    leavingText: 'leavingText',
    deniedText: 'duo-denied',
    unavailableText: 'duo-unavailable',
  },
  { kind: 'pick-authenticator' },
];

/** What is shown before the browser goes to Duo's page, and when it comes back without a good answer. */
export const duoScreens: FactorScreens = {
  nameText: 'authenticatorNamesDUO',
  icon: 'elsewhere',
  screens: [
    { id: 'mfa-duo-enrollment', prompt: 'mfa-duo', step: 'enrolment', blocks },
    { id: 'mfa-duo-challenge', prompt: 'mfa-duo', step: 'challenge', blocks },
  ],
};
