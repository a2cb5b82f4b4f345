import type { FactorScreens } from '../../mfa/screens.ts';
import { ceremonyButton } from '../webauthn/ceremonyButton.ts';

/** The hosted screens of people's own devices. */
export const platformScreens: FactorScreens = {
  nameText: 'authenticatorNamesWebauthnPlatform',
  icon: 'device',
  screens: [
    {
      id: 'mfa-webauthn-platform-enrollment',
      prompt: 'mfa-webauthn',
      step: 'enrolment',
      expiredText: 'transaction-not-found',
      blocks: [
        { kind: 'title' },
        { kind: 'description' },
        { kind: 'picture', name: 'device' },
        {
          kind: 'ceremony',
          ceremony: 'create',
          ...ceremonyButton,
          failedText: 'webauthn-platform-associate-error',
          knownText: 'webauthn-platform-known-error',
        },
        {
          kind: 'postpone',
          snoozeText: 'snoozeEnrollmentButtonText',
          refuseText: 'refuseAddingDeviceText',
        },
        { kind: 'pick-authenticator' },
      ],
    },
    {
      id: 'mfa-webauthn-platform-challenge',
      prompt: 'mfa-webauthn',
      step: 'challenge',
      expiredText: 'transaction-not-found',
      blocks: [
        { kind: 'title' },
        { kind: 'description' },
        { kind: 'picture', name: 'device' },
        { kind: 'remember-browser' },
        {
          kind: 'ceremony',
          ceremony: 'get',
          ...ceremonyButton,
          failedText: 'webauthn-platform-challenge-error',
        },
        { kind: 'pick-authenticator' },
      ],
    },
    {
      id: 'mfa-webauthn-enrollment-success',
      prompt: 'mfa-webauthn',
      step: 'follow-up',
      blocks: [
        { kind: 'title' },
        { kind: 'description' },
        { kind: 'picture', name: 'device' },
        { kind: 'submit' },
      ],
    },
  ],
};
