import { browserName } from '../../delivery/templates/browserName.ts';
import { inLanguage } from '../webauthn/inLanguage.ts';

/** What a device is called by its browser and its system, and where neither is known. */
interface DeviceWords {
  both(browser: string, system: string): string;
  unknown: string;
}

const words = {
  en: { both: (browser, system) => `${browser} on ${system}`, unknown: 'Device' },
  de: { both: (browser, system) => `${browser} auf ${system}`, unknown: 'Gerät' },
  es: { both: (browser, system) => `${browser} en ${system}`, unknown: 'Dispositivo' },
  fr: { both: (browser, system) => `${browser} sur ${system}`, unknown: 'Appareil' },
  pt: { both: (browser, system) => `${browser} em ${system}`, unknown: 'Dispositivo' },
  ja: { both: (browser, system) => `${system} の ${browser}`, unknown: 'デバイス' },
} as const satisfies Record<string, DeviceWords>;

/** The name that a device gets when it is set up, in the person's language: `Safari on iPhone`. */
export function deviceName(userAgent: string, language?: string): string {
  const { browser, system } = browserName(userAgent);
  const { both, unknown } = inLanguage<DeviceWords>(words, language);
  if (browser !== undefined && system !== undefined) return both(browser, system);
  return browser ?? system ?? unknown;
}
