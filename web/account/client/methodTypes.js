/** @typedef {import('./myAccount.js').MethodType} MethodType */
/** @typedef {import('./words.js').TextKey} TextKey */

/**
 * How the page speaks of each kind of method, the strongest first.
 * @type {Readonly<Record<MethodType, { picture: string, name: TextKey, hint: TextKey }>>}
 */
export const methodTypes = {
  passkey: { picture: 'security-key', name: 'passkey', hint: 'passkeyHint' },
  'webauthn-roaming': { picture: 'security-key', name: 'securityKey', hint: 'securityKeyHint' },
  'webauthn-platform': { picture: 'device', name: 'device', hint: 'deviceHint' },
  'push-notification': { picture: 'request', name: 'push', hint: 'pushHint' },
  totp: { picture: 'authenticator-app', name: 'app', hint: 'appHint' },
  duo: { picture: 'request', name: 'duo', hint: 'duoHint' },
  phone: { picture: 'phone', name: 'phone', hint: 'phoneHint' },
  email: { picture: 'email', name: 'email', hint: 'emailHint' },
  'temporary-pass': { picture: 'recovery-code', name: 'pass', hint: 'passHint' },
  'recovery-code': { picture: 'recovery-code', name: 'recoveryCode', hint: 'recoveryCodeHint' },
  password: { picture: 'recovery-code', name: 'password', hint: 'passwordLead' },
};

/** Those types of a list that the page knows, the strongest first. @param {readonly MethodType[]} types */
export function inOrder(types) {
  const known = /** @type {MethodType[]} */ (Object.keys(methodTypes));
  return known.filter((type) => types.includes(type));
}
