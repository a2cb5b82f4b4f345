import { grantTypes } from '../../applications/client.ts';
import type { DirectGrant } from './directGrant.ts';
import { mfaOobGrant } from './mfaOobGrant.ts';
import { mfaOtpGrant } from './mfaOtpGrant.ts';
import { mfaRecoveryCodeGrant } from './mfaRecoveryCodeGrant.ts';
import { passwordGrant } from './passwordGrant.ts';

/** The grants that are answered without oidc-provider, by `grant_type`. */
export const directGrants: ReadonlyMap<string, DirectGrant> = new Map<string, DirectGrant>([
  [grantTypes.password, passwordGrant],
  [grantTypes.passwordRealm, passwordGrant],
  [grantTypes.mfaOtp, mfaOtpGrant],
  [grantTypes.mfaOob, mfaOobGrant],
  [grantTypes.mfaRecoveryCode, mfaRecoveryCodeGrant],
]);
