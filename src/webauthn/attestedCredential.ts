import { isoCBOR } from '@simplewebauthn/server/helpers';

/** The credential that authenticator data of a creation holds, WebAuthn Level 3 §6.5.1. */
export interface AttestedCredential {
  /** Lower case with hyphens. */
  aaguid: string;
  /** base64url */
  id: string;
  /** The COSE key as it was sent. */
  publicKey: Buffer;
  /** The same, decoded from CBOR. */
  decodedPublicKey: unknown;
}

const aaguidAt = 37;
const idLengthAt = aaguidAt + 16;
const idAt = idLengthAt + 2;

/** Reads it from data whose flags say that there is one; undefined where there is none of that form. */
export function readAttestedCredential(authenticatorData: Buffer): AttestedCredential | undefined {
  if (authenticatorData.length < idAt) return undefined;
  const idLength = authenticatorData.readUInt16BE(idLengthAt);
  const rest = authenticatorData.subarray(idAt + idLength);
  const key = decodeKey(rest);
  if (key === undefined) return undefined;
  const aaguid = authenticatorData.toString('hex', aaguidAt, idLengthAt);
  return {
    aaguid: aaguid.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
    id: authenticatorData.toString('base64url', idAt, idAt + idLength),
    ...key,
  };
}

/** What follows the key, if anything, are extensions. */
function decodeKey(bytes: Buffer): Pick<AttestedCredential, 'publicKey' | 'decodedPublicKey'> | undefined {
  try {
    const decodedPublicKey = isoCBOR.decodeFirst<Parameters<typeof isoCBOR.encode>[0]>(new Uint8Array(bytes));
    const publicKey = Buffer.from(isoCBOR.encode(decodedPublicKey));
    // Verification of signatures starts from what is encoded again, so that has to be what was sent.
    const isSame = bytes.subarray(0, publicKey.length).equals(publicKey);
    return isSame ? { publicKey, decodedPublicKey } : undefined;
  } catch {
    return undefined;
  }
}
