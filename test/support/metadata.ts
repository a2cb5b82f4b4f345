import 'reflect-metadata';
import { X509Certificate as NodeCertificate } from 'node:crypto';
import {
  BasicConstraintsExtension,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { CompactSign } from 'jose';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const day = 24 * 60 * 60 * 1000;

/** A certificate with its keys. */
export interface Issued {
  certificate: X509Certificate;
  keys: Awaited<ReturnType<typeof makeKeys>>;
  pem: string;
  /** Base64, as in `x5c` and in metadata. */
  der: string;
}

interface CertificateWishes {
  /** Self-signed without one. */
  by?: Issued;
  isAuthority?: boolean;
  host?: string;
  /** Valid for a day before and after it, epoch milliseconds. */
  around?: number;
}

const makeKeys = () => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

/** Makes a certificate of this name with new keys (P-256). */
export async function issueCertificate(
  name: string,
  { by, isAuthority = true, host, around = Date.now() }: CertificateWishes = {},
): Promise<Issued> {
  const keys = await makeKeys();
  const certificate = await X509CertificateGenerator.create({
    subject: `CN=${name}`,
    issuer: by?.certificate.subject ?? `CN=${name}`,
    publicKey: keys.publicKey,
    signingKey: (by?.keys ?? keys).privateKey,
    signingAlgorithm: algorithm,
    notBefore: new Date(around - day),
    notAfter: new Date(around + day),
    extensions: [
      new BasicConstraintsExtension(isAuthority, undefined, true),
      ...(host === undefined ? [] : [new SubjectAlternativeNameExtension([{ type: 'dns', value: host }])]),
    ],
  });
  const der = Buffer.from(certificate.rawData).toString('base64');
  return { certificate, keys, pem: certificate.toString('pem'), der };
}

/** The same certificate as Node reads it. */
export function asNode({ der }: Issued): NodeCertificate {
  return new NodeCertificate(Buffer.from(der, 'base64'));
}

/** An entry as the FIDO Metadata Service has them. */
export function metadataEntry(
  aaguid: string,
  description: string,
  { roots = [], statuses = ['FIDO_CERTIFIED_L1'] }: { roots?: Issued[]; statuses?: string[] } = {},
) {
  return {
    aaguid,
    metadataStatement: {
      aaguid,
      description,
      protocolFamily: 'fido2',
      attestationRootCertificates: roots.map(({ der }) => der),
    },
    statusReports: statuses.map((status) => ({ status, effectiveDate: '2026-01-01' })),
    timeOfLastStatusChange: '2026-01-01',
  };
}

/** A BLOB of these entries, signed by the first of the certificates. */
export async function signMetadata(
  entries: readonly unknown[],
  path: [Issued, ...Issued[]],
  { nextUpdate = '2099-01-01' }: { nextUpdate?: string } = {},
): Promise<string> {
  const content = { legalHeader: 'For tests', no: 7, nextUpdate, entries };
  return new CompactSign(Buffer.from(JSON.stringify(content)))
    .setProtectedHeader({ alg: 'ES256', typ: 'JWT', x5c: path.map(({ der }) => der) })
    .sign(path[0].keys.privateKey);
}
