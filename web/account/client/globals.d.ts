import type * as sdk from '@auth0/auth0-spa-js';
import type * as webauthn from '@simplewebauthn/browser';

declare global {
  /** What auth0-spa-js makes when it is loaded as a script. */
  const auth0: typeof sdk;
  /** What @simplewebauthn/browser makes when it is loaded as a script. */
  const SimpleWebAuthnBrowser: typeof webauthn;
}
