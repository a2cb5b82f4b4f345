import 'reflect-metadata';
import { createPrivateKey, type KeyObject } from 'node:crypto';
import {
  BasicConstraintsExtension,
  Extension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** A maker of authenticators with a root of its own. */
export interface AttestationAuthority {
  /** base64 of the DER, as metadata has it. */
  root: string;
  /** Key and certificates, that of the key first, for authenticators of one model. */
  certify: (aaguid: string, options?: CertifyOptions) => Promise<AttestationKey>;
}

export interface CertifyOptions {
  /** Intermediate authorities between root and key; 1 unless told. */
  intermediates?: number;
  /** False makes them certificates that may issue nothing. */
  areAuthorities?: boolean;
  notAfter?: Date;
}

export interface AttestationKey {
  privateKey: KeyObject;
  /** DER */
  certificates: Uint8Array[];
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const notBefore = new Date('2020-01-01T00:00:00Z');
const farAway = new Date('2100-01-01T00:00:00Z');
const aaguidExtensionId = '1.3.6.1.4.1.45724.1.1.4';

/** Makes a maker's root certificate. */
export async function makeAttestationAuthority(name = 'Makers of keys'): Promise<AttestationAuthority> {
  const keys = await makeKeys();
  const root = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    keys,
    signingAlgorithm: algorithm,
    notBefore,
    notAfter: farAway,
    extensions: [new BasicConstraintsExtension(true, undefined, true)],
  });
  return {
    root: Buffer.from(root.rawData).toString('base64'),
    certify: async (aaguid, { intermediates = 1, areAuthorities = true, notAfter = farAway } = {}) => {
      const path: X509Certificate[] = [];
      let issuer = { subject: root.subject, privateKey: keys.privateKey };
      const issue = async (subject: string, extensions: Extension[]) => {
        const own = await makeKeys();
        path.unshift(
          await X509CertificateGenerator.create({
            subject,
            issuer: issuer.subject,
            signingKey: issuer.privateKey,
            publicKey: own.publicKey,
            signingAlgorithm: algorithm,
            notBefore,
            notAfter,
            extensions,
          }),
        );
        issuer = { subject, privateKey: own.privateKey };
      };
      for (let i = 0; i < intermediates; i += 1) {
        await issue(`CN=${name} ${i}`, [new BasicConstraintsExtension(areAuthorities, undefined, true)]);
      }
      await issue(`CN=${name} attestation, OU=Authenticator Attestation, O=${name}, C=CH`, [
        new BasicConstraintsExtension(false, undefined, true),
        new Extension(aaguidExtensionId, false, octetString(Buffer.from(aaguid.replaceAll('-', ''), 'hex'))),
      ]);
      const pkcs8 = await crypto.subtle.exportKey('pkcs8', issuer.privateKey);
      return {
        privateKey: createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' }),
        certificates: path.map(({ rawData }) => new Uint8Array(rawData)),
      };
    },
  };
}

function makeKeys() {
  return crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

function octetString(bytes: Buffer): ArrayBuffer {
  return new Uint8Array([0x04, bytes.length, ...bytes]).buffer;
}
