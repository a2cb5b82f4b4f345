import { createDecipheriv, type ECDH, hkdfSync } from 'node:crypto';

/** What the receiver of a push keeps to itself. */
export interface PushReceiver {
  /** P-256. */
  keys: ECDH;
  /** 16 bytes. */
  auth: Buffer;
}

const tagBytes = 16;
const lastRecord = 2;

/**
 * Opens a push as a browser does, step by step from the standards (RFC 8291 §3.4, RFC 8188 §2), so that it checks
 * the library that sealed it.
 *
 * @throws when anything is not as the standards have it.
 */
export function openWebPush(body: Buffer, { keys, auth }: PushReceiver): string {
  const salt = body.subarray(0, 16);
  const recordSize = body.readUInt32BE(16);
  const keyLength = body.readUInt8(20);
  const senderKey = body.subarray(21, 21 + keyLength);
  const record = body.subarray(21 + keyLength);
  if (keyLength !== 65 || senderKey[0] !== 4) throw new Error('the key is no uncompressed point');
  if (record.length > recordSize) throw new Error('more than one record');
  const shared = keys.computeSecret(senderKey);
  const keyInfo = Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), senderKey]);
  const input = hkdf(shared, auth, keyInfo, 32);
  const key = hkdf(input, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = hkdf(input, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
  const decipher = createDecipheriv('aes-128-gcm', key, nonce);
  decipher.setAuthTag(record.subarray(-tagBytes));
  const padded = Buffer.concat([decipher.update(record.subarray(0, -tagBytes)), decipher.final()]);
  const end = padded.findLastIndex((byte) => byte !== 0);
  if (padded[end] !== lastRecord) throw new Error('the record is not marked as the last one');
  return padded.subarray(0, end).toString();
}

function hkdf(input: Buffer, salt: Buffer, info: Buffer, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', input, salt, info, length));
}
