import { type KeyObject, X509Certificate } from 'node:crypto';
import type { CosePublicKey } from './cosePublicKey.ts';
import { isDerSignature } from './derSignature.ts';

const maxCertificates = 5;
const es256 = -7;

/** COSE algorithms that may sign an attestation, by the type of the key. */
const fitting: Readonly<Record<string, readonly number[]>> = {
  ec: [es256, -35, -36],
  ed25519: [-8],
  // Of old TPMs, RS1 (−65535).
  rsa: [-257, -258, -259, -65535],
};

/**
 * Looks at the form of an attestation statement (WebAuthn Level 3 §8) before the library verifies it: what
 * the specification demands and the library lets pass, an algorithm that isn't the key's above all.
 *
 * @returns the certificates, that of the attestation key first; none for `none` and for self attestation.
 *   Undefined where the statement is not of its format, or the format is none we know: SafetyNet has ended,
 *   `compound` holds several statements.
 */
export function readStatement(
  format: string,
  statement: ReadonlyMap<unknown, unknown>,
  credential: CosePublicKey,
): X509Certificate[] | undefined {
  if (format === 'none') return statement.size === 0 ? [] : undefined;
  const certificates = readCertificates(statement.get('x5c'));
  const signingKey = certificates && keyOf(certificates);
  switch (format) {
    case 'packed':
      if (statement.has('x5c')) break;
      return statement.get('alg') === credential.algorithm.id &&
        isSigned(statement, credential.key.asymmetricKeyType)
        ? []
        : undefined;
    case 'fido-u2f':
      return certificates?.length === 1 &&
        signingKey?.asymmetricKeyDetails?.namedCurve === 'prime256v1' &&
        credential.algorithm.id === es256 &&
        isSigned(statement, 'ec')
        ? certificates
        : undefined;
    case 'apple':
      return certificates;
    case 'tpm':
    case 'android-key':
      break;
    default:
      return undefined;
  }
  const type = signingKey?.asymmetricKeyType ?? '';
  const isFitting = fitting[type]?.includes(statement.get('alg') as number) ?? false;
  return isFitting && isSigned(statement, type) ? certificates : undefined;
}

function isSigned(statement: ReadonlyMap<unknown, unknown>, keyType: string | undefined): boolean {
  const signature = statement.get('sig');
  return signature instanceof Uint8Array && (keyType !== 'ec' || isDerSignature(signature));
}

function keyOf([certificate]: readonly X509Certificate[]): KeyObject | undefined {
  try {
    return certificate?.publicKey;
  } catch {
    // A kind of key that OpenSSL doesn't know.
    return undefined;
  }
}

function readCertificates(x5c: unknown): X509Certificate[] | undefined {
  if (!Array.isArray(x5c) || x5c.length === 0 || x5c.length > maxCertificates) return undefined;
  try {
    return x5c.map((der: unknown) => {
      if (!(der instanceof Uint8Array)) throw new TypeError('not bytes');
      return new X509Certificate(der);
    });
  } catch {
    return undefined;
  }
}
