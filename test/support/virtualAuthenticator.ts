import type { CDPSession, Page } from 'playwright-core';

/** The kinds of authenticators that the tests have. */
const kinds = {
  /** A key without a PIN. */
  'usb key': { protocol: 'ctap2', transport: 'usb', hasUserVerification: false },
  /** A key with a PIN, or a fingerprint reader. */
  'usb key with PIN': { protocol: 'ctap2', transport: 'usb', hasUserVerification: true },
  /** A key from the time before FIDO2. */
  'u2f key': { protocol: 'u2f', transport: 'usb', hasUserVerification: false },
  /** The device's own. */
  device: { protocol: 'ctap2', transport: 'internal', hasUserVerification: true },
} as const;

export type AuthenticatorKind = keyof typeof kinds;

/** An authenticator of Chromium's, beside the page: it answers at once, as a willing person would. */
export interface VirtualAuthenticator {
  /** Pulls it out. */
  remove(): Promise<void>;
  /** Whether the person is verified when they are asked for that. */
  setUserVerified(isVerified: boolean): Promise<void>;
  /** Whether somebody touches it from now on; a prompt that found nobody goes on waiting. */
  setTouched(isTouched: boolean): Promise<void>;
  credentialIds(): Promise<string[]>;
}

const sessions = new WeakMap<Page, Promise<CDPSession>>();

/** Plugs an authenticator in, for this page alone. */
export async function addAuthenticator(page: Page, kind: AuthenticatorKind): Promise<VirtualAuthenticator> {
  const cdp = await sessionOf(page);
  const { protocol, transport, hasUserVerification } = kinds[kind];
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol,
      transport,
      hasUserVerification,
      hasResidentKey: protocol === 'ctap2' && hasUserVerification,
      isUserVerified: hasUserVerification,
      automaticPresenceSimulation: true,
    },
  });
  return {
    remove: async () => void (await cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId })),
    setUserVerified: async (isUserVerified) =>
      void (await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })),
    setTouched: async (enabled) =>
      void (await cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled })),
    credentialIds: async () => {
      const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
      return credentials.map(({ credentialId }) => credentialId);
    },
  };
}

function sessionOf(page: Page): Promise<CDPSession> {
  const known = sessions.get(page);
  if (known) return known;
  const opened = (async () => {
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    return cdp;
  })();
  sessions.set(page, opened);
  return opened;
}
