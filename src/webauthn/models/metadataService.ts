import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import type { BlobSigner } from './openBlob.ts';

/** SHA-256 of the roots that the service names: GlobalSign Root CA - R3, GlobalSign Root R46. */
const fingerprints: ReadonlySet<string> = new Set([
  'CB:B5:22:D7:B7:F1:27:AD:6A:01:13:86:5B:DF:1C:D4:10:2E:7D:07:59:AF:63:5A:7C:F4:72:0D:C9:63:C5:3B',
  '4F:A3:12:6D:8D:3A:11:D1:C4:85:5A:4F:80:7C:BA:D6:CF:91:9D:3A:5A:88:B0:3B:EA:2C:63:72:D9:3C:40:C9',
]);

/** Who signs the BLOB of the FIDO Metadata Service; the roots are taken from those that come with Node. */
export function metadataService(): BlobSigner {
  const certificates = rootCertificates.map((pem) => new X509Certificate(pem));
  return {
    roots: certificates.filter(({ fingerprint256 }) => fingerprints.has(fingerprint256)),
    // These roots issue certificates to everybody who has a web site.
    host: 'mds.fidoalliance.org',
  };
}
