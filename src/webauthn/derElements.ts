/** One element of DER (X.690 §8): tag number, whether the tag is context-specific, and the content. */
export interface DerElement {
  tag: number;
  isContextual: boolean;
  content: Buffer;
}

/**
 * Splits bytes into the elements that follow one another in them; nothing nested is looked at.
 *
 * @throws RangeError where they aren't whole elements
 */
export function readDerElements(bytes: Buffer): DerElement[] {
  const elements: DerElement[] = [];
  let at = 0;
  while (at < bytes.length) {
    const first = bytes.readUInt8(at);
    let tag = first & 0x1f;
    at += 1;
    if (tag === 0x1f) {
      tag = 0;
      let digit: number;
      do {
        digit = bytes.readUInt8(at);
        tag = tag * 128 + (digit & 0x7f);
        at += 1;
      } while (digit > 0x7f);
    }
    const short = bytes.readUInt8(at);
    const lengthBytes = short > 0x80 ? short - 0x80 : 0;
    const length = lengthBytes > 0 ? bytes.readUIntBE(at + 1, lengthBytes) : short;
    at += 1 + lengthBytes;
    if (at + length > bytes.length) throw new RangeError('The element is longer than the bytes.');
    elements.push({ tag, isContextual: first >> 6 === 2, content: bytes.subarray(at, at + length) });
    at += length;
  }
  return elements;
}
