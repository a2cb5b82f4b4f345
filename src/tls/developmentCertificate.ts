import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../config/clock.ts';
import type { CertifiedKey } from './generateCertificate.ts';
import { localNames } from './localNames.ts';

/** What a development server serves TLS with, and whom clients must trust for it. */
export interface DevelopmentCertificate extends CertifiedKey {
  /** Path of the authority's certificate, for NODE_EXTRA_CA_CERTS or a browser's trust store. */
  authorityFile: string;
}

const renewBeforeMs = 30 * 24 * 60 * 60 * 1000;

/** Where the authority of a data folder's development certificate is, once there is one. */
export function authorityFileIn(dataFolder: string): string {
  return files(join(dataFolder, 'tls'), 'authority').cert;
}

/**
 * A certificate for `localhost`, 127.0.0.1 and ::1 from a local authority. Both are made once and kept
 * in the folder `tls` of the data folder, keys readable by their owner only. The certificate is renewed
 * in its last thirty days; the authority stays, so that whoever trusts it needn't be told again.
 */
export async function developmentCertificate(
  dataFolder: string,
  clock: Clock,
): Promise<DevelopmentCertificate> {
  const folder = join(dataFolder, 'tls');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const authority = files(folder, 'authority');
  const local = files(folder, 'localhost');

  const trusted =
    (await read(authority, clock)) ??
    (await make(authority, async () => {
      const { generateAuthority } = await import('./generateCertificate.ts');
      return generateAuthority(clock());
    }));
  const served =
    (await read(local, clock, trusted)) ??
    (await make(local, async () => {
      const { generateLocalCertificate } = await import('./generateCertificate.ts');
      return generateLocalCertificate(trusted, localNames.host, clock());
    }));
  return { ...served, authorityFile: authority.cert };
}

interface Files {
  cert: string;
  key: string;
}

function files(folder: string, name: string): Files {
  return { cert: join(folder, `${name}.pem`), key: join(folder, `${name}.key.pem`) };
}

/** The pair in the files, unless it is missing, broken, near its end or of another issuer. */
async function read(paths: Files, clock: Clock, issuer?: CertifiedKey): Promise<CertifiedKey | undefined> {
  try {
    const [cert, key] = await Promise.all([readFile(paths.cert, 'utf8'), readFile(paths.key, 'utf8')]);
    const certificate = new X509Certificate(cert);
    const isCurrent = certificate.validToDate.getTime() - clock() > renewBeforeMs;
    const isOfIssuer = !issuer || certificate.verify(new X509Certificate(issuer.cert).publicKey);
    const isUsable = isCurrent && isOfIssuer && certificate.checkPrivateKey(createPrivateKey(key));
    return isUsable ? { cert, key } : undefined;
  } catch {
    // Whatever is wrong with the files of a development certificate, new ones mend it.
    return undefined;
  }
}

async function make(paths: Files, generate: () => Promise<CertifiedKey>): Promise<CertifiedKey> {
  const made = await generate();
  await replace(paths.key, made.key, 0o600);
  await replace(paths.cert, made.cert, 0o644);
  return made;
}

/** Atomic: a crash leaves the old file or the new. */
async function replace(path: string, content: string, mode: number): Promise<void> {
  const fresh = `${path}.new`;
  await writeFile(fresh, content, { mode });
  await rename(fresh, path);
}
