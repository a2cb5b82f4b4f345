import 'reflect-metadata';
import { verify, type X509Certificate } from 'node:crypto';
import { X509Certificate as ReadableCertificate } from '@peculiar/x509';
import type { CosePublicKey } from './cosePublicKey.ts';
import { type DerElement, readDerElements } from './derElements.ts';

/** What an Android Key statement vouches for. */
export interface AndroidKeyEvidence {
  /** The certificate of the credential's key. */
  certificate: X509Certificate;
  statement: ReadonlyMap<unknown, unknown>;
  credential: CosePublicKey;
  authenticatorData: Buffer;
  /** SHA-256 of the client data. */
  clientDataHash: Buffer;
}

const keyDescriptionId = '1.3.6.1.4.1.11129.2.1.17';
const hashes: Readonly<Record<number, string>> = {
  [-7]: 'sha256',
  [-35]: 'sha384',
  [-36]: 'sha512',
  [-257]: 'sha256',
};
/** Members of the key description, and tags of its authorization lists (Android Keystore attestation). */
const member = { challenge: 4, softwareEnforced: 6, hardwareEnforced: 7 };
const authorization = { purpose: 1, allApplications: 600, origin: 702 };
const purposeSign = 2;
const originGenerated = 0;

/**
 * Verifies an Android Key attestation statement (WebAuthn Level 3 §8.4.1). The library isn't asked: it takes
 * the last certificate of the sender as a trust anchor and fetches revocation lists from the addresses in
 * the sender's certificates, which would let anybody send this server anywhere.
 */
export function isAndroidKeyAttested(evidence: AndroidKeyEvidence): boolean {
  const { certificate, statement, credential, authenticatorData, clientDataHash } = evidence;
  const signed = Buffer.concat([authenticatorData, clientDataHash]);
  const hash = hashes[statement.get('alg') as number];
  try {
    return (
      hash !== undefined &&
      verify(hash, signed, certificate.publicKey, statement.get('sig') as Uint8Array) &&
      certificate.publicKey.equals(credential.key) &&
      isDescribed(certificate, clientDataHash)
    );
  } catch {
    return false;
  }
}

/** Made in the keystore for signing only, for this ceremony, bound to one application. */
function isDescribed(certificate: X509Certificate, clientDataHash: Buffer): boolean {
  const extension = new ReadableCertificate(certificate.raw).getExtension(keyDescriptionId);
  if (extension === null) return false;
  const description = contentsOf(Buffer.from(extension.value));
  const challenge = description[member.challenge]?.content;
  const lists = [member.softwareEnforced, member.hardwareEnforced].map((at) => description[at]?.content);
  const authorizations = lists.flatMap((list) => (list ? readDerElements(list) : []));
  const find = (tag: number) => authorizations.find((item) => item.isContextual && item.tag === tag);
  const [purposes, origin] = [authorization.purpose, authorization.origin].map(find);
  return (
    challenge?.equals(clientDataHash) === true &&
    find(authorization.allApplications) === undefined &&
    // A keystore always tells both; a list without them is a statement of no keystore, so no root vouches for it.
    (!origin || isNumber(readDerElements(origin.content), originGenerated)) &&
    (!purposes || isNumber(contentsOf(purposes.content), purposeSign))
  );
}

function isNumber([element, ...others]: readonly DerElement[], value: number): boolean {
  return others.length === 0 && element?.content.equals(Buffer.of(value)) === true;
}

/** The elements within the one element that bytes hold. */
function contentsOf(bytes: Buffer): DerElement[] {
  const [outer] = readDerElements(bytes);
  return outer ? readDerElements(outer.content) : [];
}
