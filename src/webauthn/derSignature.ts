/**
 * Whether bytes are an ECDSA signature in DER (RFC 3279 §2.2.3), the one way to write it: the library reads
 * looser encodings too, and would accept one signature in many forms.
 */
export function isDerSignature(bytes: Uint8Array): boolean {
  // SEQUENCE; the length takes a second byte for P-521 only.
  if (bytes[0] !== 0x30) return false;
  const isLong = bytes[1] === 0x81;
  const length = isLong ? bytes[2] : bytes[1];
  const start = isLong ? 3 : 2;
  if (length === undefined || length + start !== bytes.length || isLong !== length > 0x7f) return false;
  const second = endOfInteger(bytes, start);
  return second !== undefined && endOfInteger(bytes, second) === bytes.length;
}

/** Where a positive INTEGER that starts at `at` ends; undefined where there is none in its shortest form. */
function endOfInteger(bytes: Uint8Array, at: number): number | undefined {
  const length = bytes[at + 1] ?? 0;
  const [first, second] = [bytes[at + 2] ?? 0, bytes[at + 3] ?? 0];
  if (bytes[at] !== 0x02 || length === 0 || length > 0x7f || first > 0x7f) return undefined;
  if (first === 0 && (length === 1 || second < 0x80)) return undefined;
  return at + 2 + length;
}
