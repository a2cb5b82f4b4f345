import { createHash } from 'node:crypto';
import type { CeremonyFault } from './ceremonyFault.ts';
import type { UserVerification } from './credential.ts';
import type { RelyingParty } from './relyingParty.ts';

/** The fixed part of authenticator data, WebAuthn Level 3 §6.1. */
export interface AuthenticatorData {
  rpIdHash: Buffer;
  isUserPresent: boolean;
  isUserVerified: boolean;
  /** BE */
  isBackupEligible: boolean;
  /** BS */
  isBackedUp: boolean;
  hasCredential: boolean;
  counter: number;
}

const headBytes = 37;
const flag = { present: 0x01, verified: 0x04, backupEligible: 0x08, backedUp: 0x10, credential: 0x40 };

/** Undefined where there are too few bytes. */
export function readAuthenticatorData(bytes: Buffer): AuthenticatorData | undefined {
  if (bytes.length < headBytes) return undefined;
  const flags = bytes.readUInt8(32);
  const has = (bit: number) => (flags & bit) !== 0;
  return {
    rpIdHash: bytes.subarray(0, 32),
    isUserPresent: has(flag.present),
    isUserVerified: has(flag.verified),
    isBackupEligible: has(flag.backupEligible),
    isBackedUp: has(flag.backedUp),
    hasCredential: has(flag.credential),
    counter: bytes.readUInt32BE(33),
  };
}

/** Judges what both ceremonies ask of it: our relying party, somebody there, verified if need be, and flags that can be. */
export function judgeAuthenticatorData(
  data: AuthenticatorData,
  { rp, userVerification }: { rp: RelyingParty; userVerification: UserVerification },
): CeremonyFault | undefined {
  if (!data.rpIdHash.equals(createHash('sha256').update(rp.id).digest())) return 'relying_party';
  if (!data.isUserPresent) return 'user_presence';
  if (userVerification === 'required' && !data.isUserVerified) return 'user_verification';
  if (data.isBackedUp && !data.isBackupEligible) return 'backup_flags';
  return undefined;
}
