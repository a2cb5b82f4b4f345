/** Tells the server what this browser can do, at once, in the fields of the page's form. */
const longestWaitMs = 3000;

/** @type {HTMLFormElement | null} */
const form = document.querySelector('#step');

/** @param {string} name @param {boolean} value */
function tell(name, value) {
  const field = form?.elements.namedItem(name);
  if (field instanceof HTMLInputElement) field.value = String(value);
}

/** Whether the device itself can check who is before it. Some browsers never answer. */
async function hasPlatformAuthenticator() {
  /** @type {Promise<boolean>} */
  const tooLate = new Promise((resolve) => setTimeout(resolve, longestWaitMs, false));
  const asked = PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false);
  return Promise.race([asked, tooLate]);
}

const hasWebAuthn = typeof PublicKeyCredential === 'function';
tell('js-available', true);
tell('webauthn-available', hasWebAuthn);
tell('webauthn-platform-available', hasWebAuthn && (await hasPlatformAuthenticator()));
form?.requestSubmit();

export {};
