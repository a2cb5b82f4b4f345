/**
 * RFC 4648 base64url without padding.
 * @param {Uint8Array | ArrayBuffer} bytes
 */
export function base64url(bytes) {
  let binary = '';
  for (const byte of new Uint8Array(bytes)) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
