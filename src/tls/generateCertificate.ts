import 'reflect-metadata';
import { KeyObject, randomBytes } from 'node:crypto';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { encodeNameConstraints, localNames } from './localNames.ts';

/** A certificate with its private key, both PEM. */
export interface CertifiedKey {
  cert: string;
  key: string;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const nameConstraintsId = '2.5.29.30';
const day = 24 * 60 * 60 * 1000;
const authorityDays = 3650;
const leafDays = 365;

/** Makes a certificate authority that can vouch for this machine only, valid ten years. */
export async function generateAuthority(now: number): Promise<CertifiedKey> {
  const keys = await makeKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    // Clients find an issuer by its name, so that of each data folder has one of its own.
    name: `CN=Countersign local development authority ${randomBytes(4).toString('hex')}`,
    keys,
    signingAlgorithm: algorithm,
    ...validity(now, authorityDays),
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      new Extension(nameConstraintsId, true, new Uint8Array(encodeNameConstraints())),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return certified(certificate, keys.privateKey);
}

/** Makes a server certificate for `host`, 127.0.0.1 and ::1, valid one year. */
export async function generateLocalCertificate(
  authority: CertifiedKey,
  host: string,
  now: number,
): Promise<CertifiedKey> {
  const keys = await makeKeys();
  const certificate = await X509CertificateGenerator.create({
    subject: `CN=${host}`,
    issuer: new X509Certificate(authority.cert).subject,
    publicKey: keys.publicKey,
    signingKey: await importPrivateKey(authority.key),
    signingAlgorithm: algorithm,
    ...validity(now, leafDays),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([
        { type: 'dns', value: host },
        { type: 'ip', value: localNames.ipv4 },
        { type: 'ip', value: localNames.ipv6 },
      ]),
    ],
  });
  return certified(certificate, keys.privateKey);
}

/** Starts a day ago, so that a clock that is a little behind accepts it at once. */
function validity(now: number, days: number): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(now - day), notAfter: new Date(now + days * day) };
}

function makeKeys() {
  return crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

async function importPrivateKey(pem: string) {
  const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  return crypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']);
}

function certified(
  certificate: X509Certificate,
  privateKey: Parameters<typeof KeyObject.from>[0],
): CertifiedKey {
  const key = KeyObject.from(privateKey).export({ type: 'pkcs8', format: 'pem' }).toString();
  return { cert: `${certificate.toString('pem')}\n`, key };
}
