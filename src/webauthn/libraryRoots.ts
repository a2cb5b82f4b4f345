import { type RootCertIdentifier, SettingsService } from '@simplewebauthn/server';

const formats: readonly RootCertIdentifier[] = [
  'packed',
  'fido-u2f',
  'tpm',
  'apple',
  'android-key',
  'android-safetynet',
];

/**
 * Takes the root certificates from the library, which brings some along. With a root it would follow
 * certificate paths, and fetch revocation lists from the addresses in certificates that anybody may send.
 * Without one it verifies the statement alone, and `judgeModel` the path.
 */
export function forgetRootCertificates(): void {
  for (const identifier of formats) SettingsService.setRootCertificates({ identifier, certificates: [] });
}
