import type { CeremonyFault } from './ceremonyFault.ts';
import type { RelyingParty } from './relyingParty.ts';

/** What the browser must have signed into its client data. */
export interface ExpectedClientData {
  type: 'webauthn.create' | 'webauthn.get';
  challenge: string;
  rp: RelyingParty;
}

/**
 * Judges `clientDataJSON` (base64url; WebAuthn Level 3 §5.8.1): made for this ceremony, this challenge and a
 * page of exactly this origin, in no frame of another one. Undefined when all of it is so.
 */
export function judgeClientData(
  clientDataJson: string,
  expected: ExpectedClientData,
): CeremonyFault | undefined {
  const data = parse(clientDataJson);
  if (typeof data !== 'object' || data === null) return 'malformed';
  const { type, challenge, origin, crossOrigin, topOrigin } = data as Record<string, unknown>;
  if (type !== expected.type) return 'type';
  if (challenge !== expected.challenge) return 'challenge';
  if (origin !== expected.rp.origin) return 'origin';
  if ((crossOrigin !== undefined && crossOrigin !== false) || topOrigin !== undefined) return 'cross_origin';
  return undefined;
}

function parse(clientDataJson: string): unknown {
  try {
    return JSON.parse(Buffer.from(clientDataJson, 'base64url').toString());
  } catch {
    return undefined;
  }
}
