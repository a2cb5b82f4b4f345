import type { Evidence } from '../../mfa/factor.ts';
import type { Credential } from '../../webauthn/credential.ts';

/**
 * What a ceremony showed, in RFC 8176 values: `hwk` for a key that stays in its device, `swk` for one that
 * may be copied to others, `user` since somebody was there, and `pin` where a security key verified them. A
 * device doesn't tell whether by finger, face or PIN. A key that can be copied never reaches level 3, nor
 * does one that verified nobody (S-61; NIST SP 800-63B, syncable authenticators).
 */
export function evidenceOf(credential: Credential, isUserVerified: boolean): Evidence {
  const { isSynced, attachment, transports } = credential;
  // A phone that answers for another device verifies as it is unlocked.
  const isKey = attachment === 'cross-platform' && !transports.some((one) => phoneTransports.has(one));
  return {
    amr: [isSynced ? 'swk' : 'hwk', 'user', ...(isKey && isUserVerified ? ['pin'] : [])],
    level: isUserVerified && !isSynced ? 3 : 2,
  };
}

const phoneTransports = new Set(['hybrid', 'internal']);
