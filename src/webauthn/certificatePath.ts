import type { X509Certificate } from 'node:crypto';

const longestPath = 5;

/**
 * Whether certificates lead to one of the roots: each is issued by the next, the first that a root issued, or
 * that is a root itself, ends the path (RFC 5280 §6: the root is no part of it). At most five certificates,
 * each valid at `now` (epoch milliseconds), each but the first an authority. Asks no network, so nothing is
 * known of revocation.
 */
export function leadsToRoot(
  path: readonly X509Certificate[],
  roots: readonly X509Certificate[],
  now: number,
): boolean {
  if (path.length > longestPath) return false;
  const trusted = roots.filter((root) => isValidAt(root, now));
  let below: X509Certificate | undefined;
  for (const certificate of path) {
    if (!isValidAt(certificate, now)) return false;
    if (below && !(certificate.ca && isIssuedBy(below, certificate))) return false;
    if (trusted.some((root) => endsPath(certificate, root))) return true;
    below = certificate;
  }
  return false;
}

/** Metadata may name the very certificate of a model as its root; such a one issues nothing. */
function endsPath(certificate: X509Certificate, root: X509Certificate): boolean {
  if (certificate.raw.equals(root.raw)) return true;
  // Old makers' roots are of version 1 and don't say that they are authorities.
  const isAuthority = root.ca || isIssuedBy(root, root);
  return isAuthority && isIssuedBy(certificate, root);
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
  } catch {
    // A key that OpenSSL doesn't know.
    return false;
  }
}

function isValidAt({ validFromDate, validToDate }: X509Certificate, now: number): boolean {
  return validFromDate.getTime() <= now && now <= validToDate.getTime();
}
