import type { FactorScreens } from '../../mfa/screens.ts';
import { ceremonyButton } from '../webauthn/ceremonyButton.ts';

/** The hosted screens of security keys. */
export const roamingScreens: FactorScreens = {
  nameText: 'authenticatorNamesWebauthnRoaming',
  icon: 'security-key',
  screens: [
    {
      id: 'mfa-webauthn-roaming-enrollment',
      prompt: 'mfa-webauthn',
      step: 'enrolment',
      expiredText: 'transaction-not-found',
      blocks: [
        { kind: 'title' },
        { kind: 'description' },
        { kind: 'picture', name: 'security-key' },
        { kind: 'steps', texts: ['instructions1', 'instructions2', 'instructions3'] },
        {
          kind: 'ceremony',
          ceremony: 'create',
          ...ceremonyButton,
          failedText: 'webauthn-associate-error',
          knownText: 'webauthn-known-error',
        },
        { kind: 'pick-authenticator' },
      ],
    },
    {
      id: 'mfa-webauthn-roaming-challenge',
      prompt: 'mfa-webauthn',
      step: 'challenge',
      expiredText: 'transaction-not-found',
      blocks: [
        { kind: 'title' },
        { kind: 'description' },
        { kind: 'picture', name: 'security-key' },
        { kind: 'remember-browser' },
        { kind: 'ceremony', ceremony: 'get', ...ceremonyButton, failedText: 'webauthn-challenge-error' },
        { kind: 'pick-authenticator' },
      ],
    },
    {
      id: 'mfa-webauthn-change-key-nickname',
      prompt: 'mfa-webauthn',
      step: 'follow-up',
      blocks: [
        { kind: 'title' },
        { kind: 'description' },
        {
          kind: 'name-input',
          field: 'nickname',
          text: 'nickname',
          tooShortText: 'nickname-too-short',
          tooLongText: 'nickname-too-long',
        },
        { kind: 'submit' },
        { kind: 'another', text: 'addAnotherText' },
      ],
    },
  ],
};
