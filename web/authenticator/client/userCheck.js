import { readSetting, saveSetting } from './store.js';

// The question for the person's finger, face or PIN before an approval. It guards this app on this device:
// who finds the phone unlocked can't approve with it. The server is told nothing of it and can't verify it,
// since a script that took this app over could skip it. What the server verifies is the device's key and the
// number from the sign-in page.

/** @typedef {'passed' | 'refused' | 'unavailable'} CheckOutcome */

const flagsAt = 32;
const userVerified = 0x04;
const timeoutMs = 60_000;

/**
 * Whether the device asks before approvals: it can, or it did before. From its first time on it is required.
 * @returns {Promise<boolean>}
 */
export async function isUserCheckUsed() {
  return (await readSetting('userCheck')) !== undefined || (await canCheckUser());
}

/**
 * Has the device ask the person, by a credential of this app's own that is made at the first time.
 * @param {AbortSignal} signal breaks it off
 * @returns {Promise<CheckOutcome>} `unavailable` where the device has no way to ask and never had
 */
export async function checkUser(signal) {
  const credentialId = await readSetting('userCheck');
  try {
    if (credentialId) return (await isVerified(credentialId, signal)) ? 'passed' : 'refused';
    if (!(await canCheckUser())) return 'unavailable';
    return (await makeCredential(signal)) ? 'passed' : 'refused';
  } catch {
    // Broken off by the person, timed out, or the credential is gone. Nothing of it may approve.
    return 'refused';
  }
}

async function canCheckUser() {
  // Web Authentication knows names only, no network addresses.
  const isName = !/^[\d.]+$|^\[/.test(location.hostname);
  if (typeof PublicKeyCredential !== 'function' || !isName) return false;
  return PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false);
}

/** @param {AbortSignal} signal */
async function makeCredential(signal) {
  const credential = await navigator.credentials.create({
    signal,
    publicKey: {
      rp: { id: location.hostname, name: 'Countersign Authenticator' },
      user: {
        id: random(32),
        name: 'Countersign Authenticator',
        displayName: 'Countersign Authenticator',
      },
      challenge: random(32),
      pubKeyCredParams: [
        { type: 'public-key', alg: -7 },
        { type: 'public-key', alg: -8 },
        { type: 'public-key', alg: -257 },
      ],
      authenticatorSelection: {
        authenticatorAttachment: 'platform',
        residentKey: 'discouraged',
        userVerification: 'required',
      },
      timeout: timeoutMs,
    },
  });
  if (!(credential instanceof PublicKeyCredential)) return false;
  const response = /** @type {AuthenticatorAttestationResponse} */ (credential.response);
  if (!hasVerified(response.getAuthenticatorData())) return false;
  await saveSetting('userCheck', new Uint8Array(credential.rawId));
  return true;
}

/** @param {Uint8Array<ArrayBuffer>} credentialId @param {AbortSignal} signal */
async function isVerified(credentialId, signal) {
  const credential = await navigator.credentials.get({
    signal,
    publicKey: {
      rpId: location.hostname,
      challenge: random(32),
      allowCredentials: [{ type: 'public-key', id: credentialId, transports: ['internal'] }],
      userVerification: 'required',
      timeout: timeoutMs,
    },
  });
  if (!(credential instanceof PublicKeyCredential)) return false;
  const response = /** @type {AuthenticatorAssertionResponse} */ (credential.response);
  return hasVerified(response.authenticatorData);
}

/** @param {ArrayBuffer} authenticatorData Web Authentication §6.1 */
function hasVerified(authenticatorData) {
  return ((new Uint8Array(authenticatorData)[flagsAt] ?? 0) & userVerified) !== 0;
}

/** @param {number} length @returns {Uint8Array<ArrayBuffer>} */
function random(length) {
  return crypto.getRandomValues(new Uint8Array(length));
}
