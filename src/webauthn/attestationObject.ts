import { isoCBOR } from '@simplewebauthn/server/helpers';

/** An attestation object, WebAuthn Level 3 §6.5.4. */
export interface AttestationObject {
  /** Attestation statement format. */
  format: string;
  statement: ReadonlyMap<unknown, unknown>;
  authenticatorData: Buffer;
}

/**
 * Reads an attestation object, base64url. Undefined where it isn't one in its only encoding (CTAP2 canonical
 * CBOR, as §6.5.4 demands): no bytes may follow, since those would be signed by nobody.
 */
export function readAttestationObject(text: string): AttestationObject | undefined {
  const decoded = decodeCanonical(Buffer.from(text, 'base64url'));
  if (!(decoded instanceof Map) || decoded.size !== 3) return undefined;
  const [format, statement, data] = ['fmt', 'attStmt', 'authData'].map((name) => decoded.get(name));
  if (typeof format !== 'string' || !(statement instanceof Map)) return undefined;
  if (!(data instanceof Uint8Array)) return undefined;
  return { format, statement, authenticatorData: Buffer.from(data) };
}

function decodeCanonical(bytes: Buffer): unknown {
  try {
    const decoded: unknown = isoCBOR.decodeFirst(new Uint8Array(bytes));
    return bytes.equals(isoCBOR.encode(decoded as Parameters<typeof isoCBOR.encode>[0]))
      ? decoded
      : undefined;
  } catch {
    return undefined;
  }
}
