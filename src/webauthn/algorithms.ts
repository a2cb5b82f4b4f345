/** A signature algorithm by its COSE number, with the one kind of key that may sign with it. */
export interface SignatureAlgorithm {
  /** As in `ES256`, the JOSE name. */
  name: string;
  /** COSE algorithm identifier. */
  id: number;
  /** COSE key type. */
  keyType: number;
  /** COSE curve and its JOSE name, where the key type has curves. */
  curve?: { id: number; name: string };
}

/** COSE key types, RFC 9053 §7. */
export const coseKeyTypes = { okp: 1, ec2: 2, rsa: 3 } as const;

/**
 * The algorithms that verification knows, preferred first. The curve is pinned as WebAuthn Level 3 §5.8.5
 * demands. Left out: SHA-1, secp256k1, RSA-PSS, and what the Web Crypto of the supported Node.js lacks or
 * marks as experimental (Ed448, ML-DSA).
 */
export const signatureAlgorithms: readonly SignatureAlgorithm[] = [
  { name: 'ES256', id: -7, keyType: coseKeyTypes.ec2, curve: { id: 1, name: 'P-256' } },
  { name: 'EdDSA', id: -8, keyType: coseKeyTypes.okp, curve: { id: 6, name: 'Ed25519' } },
  { name: 'ES384', id: -35, keyType: coseKeyTypes.ec2, curve: { id: 2, name: 'P-384' } },
  { name: 'ES512', id: -36, keyType: coseKeyTypes.ec2, curve: { id: 3, name: 'P-521' } },
  { name: 'RS256', id: -257, keyType: coseKeyTypes.rsa },
];
