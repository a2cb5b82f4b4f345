import { randomToken } from '../../crypto/random.ts';
import type { Factor } from '../../mfa/factor.ts';
import { barcodeUri } from './barcodeUri.ts';
import { pushDevice } from './device.ts';
import { channelOf } from './pushTarget.ts';
import { makeRequest } from './request.ts';
import { pushScreens } from './screens.ts';
import { pushSending } from './sending.ts';
import { type PushSettings, pushSettings } from './settings.ts';
import { enrolled, isEnrolled, type PushState } from './state.ts';
import { pushTexts } from './texts/index.ts';

/** The one channel by Auth0's name, whichever service wakes the device. */
const channel = 'auth0';

/**
 * Requests that a person answers on a device of theirs, by a key that never leaves it. The sign-in page shows a
 * number for which the device asks, so that nobody says yes to a sign-in that they don't see.
 */
export const pushNotification: Factor<PushState, PushSettings, undefined, never> = {
  name: 'push-notification',
  wire: {
    methodType: 'push',
    myAccountType: 'push-notification',
    idPrefix: 'push',
    authenticatorType: 'oob',
    requirementType: 'push-notification',
    challengeType: 'oob',
    channels: [{ name: channel, idPrefix: 'push' }],
  },
  kind: 'independent',
  enrolment: 'by-person',
  strength: 65,
  /** RFC 8176 has no value for it, and where a key lives is only the device's own word. */
  amr: [],
  assurance: { level: 2, isPhishingResistant: false },
  events: { succeeded: 'gd_auth_succeed', failed: 'gd_auth_failed', limited: 'gd_otp_rate_limit_exceed' },
  settings: pushSettings,
  developmentSettings: {},
  sending: pushSending,
  device: pushDevice,
  screens: pushScreens,
  texts: pushTexts,

  channels: () => [channel],
  // Nobody hands in a proof: what counts is the answer that the device gave.
  parseProof: () => undefined,
  verify: async () => ({ good: false, reason: 'wrong' }),

  async beginEnrolment(context) {
    const state: PushState = { pending: true, ticket: randomToken() };
    return { state, shown: pushNotification.presentEnrolment(context, state) };
  },

  presentEnrolment({ issuer, origin, user, settings }, state) {
    // A ticket that was taken leads nobody on any more.
    if (isEnrolled(state)) return {};
    const uri = barcodeUri(state.ticket, { issuer, account: user.email, origin });
    const appUri = `${origin}/authenticator/#add=${encodeURIComponent(uri)}`;
    return {
      barcodeUri: uri,
      appUri,
      // Apps that aren't this server's own know the bare URI only, and a phone's camera knows no app for it.
      ...(settings.allowDevicesWithoutNumberMatching
        ? { scannedUri: uri, appAddress: `${new URL(origin).host}/authenticator` }
        : { cameraUri: appUri }),
    };
  },

  async beginChallenge(context, state) {
    const device = enrolled(state);
    const request = makeRequest(device, context.settings);
    const { push, unreachable } = device;
    // Who isn't woken still sees the request when they open the app.
    if (push && unreachable === undefined) {
      const { challenge } = request;
      await context.push({ channel: channelOf(push), target: push.target, challenge });
    }
    return { state: request, lifetimeSeconds: context.settings.answerSeconds, channel };
  },

  describe(state) {
    if (!isEnrolled(state)) return {};
    const { name, unreachable } = state;
    return { name, ...(unreachable === undefined ? {} : { unreachable }) };
  },

  presentChallenge(state) {
    const { name, push, unreachable } = enrolled(state);
    return { deviceName: name, ...(push && unreachable === undefined ? {} : { notWoken: 'true' }) };
  },
};
