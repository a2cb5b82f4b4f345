import type { Authenticator } from '../webauthn/authenticator.ts';
import { inLanguage } from '../webauthn/inLanguage.ts';
import { type WebauthnFactor, webauthnMembers } from '../webauthn/webauthnMembers.ts';
import { roamingScreens } from './screens.ts';
import { type RoamingSettings, roamingSettings } from './settings.ts';
import type { RoamingTexts } from './texts/en.ts';
import { roamingTexts } from './texts/index.ts';

const securityKey: Authenticator<RoamingSettings> = {
  attachment: 'cross-platform',
  userVerification: ({ userVerification }) => userVerification,
  verifying: (settings) => ({ ...settings, userVerification: 'required' }),
  // A key has room for few, and asks for its PIN to keep one.
  residentKey: ({ userVerification }) => (userVerification === 'required' ? 'preferred' : 'discouraged'),
  describe: ({ language }, model) => {
    const { authenticatorNamesWebauthnRoaming: unnamed } = inLanguage<RoamingTexts>(roamingTexts, language)
      .mfa['mfa-login-options'];
    return { name: model || unnamed };
  },
};

/** Security keys that a person carries: WebAuthn with roaming authenticators. */
export const webauthnRoaming: WebauthnFactor<RoamingSettings> = {
  ...webauthnMembers(securityKey),
  name: 'webauthn-roaming',
  wire: {
    methodType: 'webauthn-roaming',
    idPrefix: 'webauthn-roaming',
    authenticatorType: 'webauthn-roaming',
  },
  kind: 'independent',
  strength: 80,
  settings: roamingSettings,
  needs: 'webauthn',
  suggestsSpare: true,
  screens: roamingScreens,
  texts: roamingTexts,
};
