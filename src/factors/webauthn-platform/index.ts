import type { Authenticator } from '../webauthn/authenticator.ts';
import { deviceTypeOf } from '../webauthn/deviceType.ts';
import { isEnrolled } from '../webauthn/state.ts';
import { type WebauthnFactor, webauthnMembers } from '../webauthn/webauthnMembers.ts';
import { deviceName } from './deviceName.ts';
import { platformScreens } from './screens.ts';
import { type PlatformSettings, platformSettings } from './settings.ts';
import { platformTexts } from './texts/index.ts';

const device: Authenticator<PlatformSettings> = {
  attachment: 'platform',
  userVerification: () => 'required',
  verifying: (settings) => settings,
  residentKey: () => 'preferred',
  describe: ({ userAgent = '', language }) => ({
    name: deviceName(userAgent, language),
    device: deviceTypeOf(userAgent),
  }),
};

/** What unlocks a person's own device, by finger, face or PIN: WebAuthn with platform authenticators. */
export const webauthnPlatform: WebauthnFactor<PlatformSettings> = {
  ...webauthnMembers(device),
  name: 'webauthn-platform',
  wire: {
    methodType: 'webauthn-platform',
    idPrefix: 'webauthn-platform',
    authenticatorType: 'webauthn-platform',
  },
  kind: 'dependent',
  strength: 90,
  settings: platformSettings,
  needs: 'webauthn-platform',
  screens: platformScreens,
  texts: platformTexts,

  suitsBrowser: ({ userAgent, settings }, states) =>
    !settings.onePerDeviceType ||
    !states.some((state) => isEnrolled(state) && state.device === deviceTypeOf(userAgent)),
};
