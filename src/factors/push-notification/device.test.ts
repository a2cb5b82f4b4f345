import { Create } from 'typebox/value';
import { beforeEach, describe, expect, it } from 'vitest';
import { makePushDevice, webPushCredentials } from '../../../test/support/pushDevice.ts';
import type { ChallengeContext, OutgoingPush } from '../../mfa/factor.ts';
import { pushDevice } from './device.ts';
import { pushNotification } from './index.ts';
import type { PushRequest } from './request.ts';
import { type PushSettings, pushSettings } from './settings.ts';
import type { PushState } from './state.ts';

const settings = Create(pushSettings) as PushSettings;
let pushes: OutgoingPush[];
let context: ChallengeContext<PushSettings>;

beforeEach(() => {
  pushes = [];
  context = {
    clock: () => Date.UTC(2026, 0, 15, 12),
    user: { id: 'auth0|ann', email: 'ann@example.com', emailVerified: true },
    issuer: 'Acme',
    origin: 'https://login.example.com',
    settings,
    challengeId: 'chl_1',
    hash: (value: string) => `hashed:${value}`,
    push: async (request) => void pushes.push(request),
  } as ChallengeContext<PushSettings>;
});

/** A method whose device presented this. */
async function enrolled(presented: Record<string, unknown>): Promise<PushState> {
  const { state } = await pushNotification.beginEnrolment(context, undefined);
  const device = pushDevice.readDevice(presented);
  if (!device) throw new Error('The device was refused.');
  return pushDevice.enrol(context, state, device).state;
}

const app = makePushDevice();
const withWebPush = app.presented({ push_credentials: webPushCredentials() });

describe('an enrolment', () => {
  it('S-42 shows a ticket of 256 random bits, until a device has taken it', async () => {
    const begun = await pushNotification.beginEnrolment(context, undefined);
    const ticket = pushDevice.ticketOf(begun.state) ?? '';
    expect(Buffer.from(ticket, 'base64url')).toHaveLength(32);
    const { barcodeUri = '', appUri = '', cameraUri } = begun.shown;
    expect(new URL(barcodeUri).searchParams.get('enrollment_tx_id')).toBe(ticket);
    expect(appUri).toBe(`https://login.example.com/authenticator/#add=${encodeURIComponent(barcodeUri)}`);
    expect(cameraUri).toBe(appUri);
    const state = await enrolled(app.presented());
    expect(pushDevice.ticketOf(state)).toBeUndefined();
    expect(pushNotification.presentEnrolment(context, state)).toEqual({});
  });

  it('is shown as the bare URI where apps are allowed that know no other', async () => {
    context.settings = { ...settings, allowDevicesWithoutNumberMatching: true };
    const { shown } = await pushNotification.beginEnrolment(context, undefined);
    expect(shown).toEqual({
      barcodeUri: shown.barcodeUri,
      appUri: shown.appUri,
      scannedUri: shown.barcodeUri,
      appAddress: 'login.example.com/authenticator',
    });
  });

  it('S-49 of a device without number matching is refused, unless the operator allows it', () => {
    const ios = pushDevice.readDevice(makePushDevice({ kind: 'ios' }).presented());
    const allowing = { ...settings, allowDevicesWithoutNumberMatching: true };
    expect(pushDevice.objection(ios as never, settings)).toBe('no_number_matching');
    expect(pushDevice.objection(ios as never, allowing)).toBeUndefined();
  });

  it('S-105 keeps a hash of the token that the device gets, and a token of 256 random bits', async () => {
    const { state } = await pushNotification.beginEnrolment(context, undefined);
    const device = pushDevice.readDevice(app.presented());
    const made = pushDevice.enrol(context, state, device as never);
    expect(Buffer.from(made.token, 'base64url')).toHaveLength(32);
    expect(made.state).toMatchObject({ tokenHash: `hashed:device-token:${made.token}` });
  });
});

describe('a request', () => {
  it('wakes a device by its push service, and tells it the text to repeat', async () => {
    const { state, channel, lifetimeSeconds } =
      (await pushNotification.beginChallenge?.(context, await enrolled(withWebPush))) ?? {};
    const { challenge } = state as PushRequest;
    expect(pushes).toEqual([{ channel: 'webpush', target: expect.any(Object) as object, challenge }]);
    expect([channel, lifetimeSeconds]).toEqual(['auth0', 120]);
  });

  it('wakes nobody who can’t be woken, and is there to be looked at', async () => {
    const unreachable = pushDevice.markUnreachable(await enrolled(withWebPush), 'endpoint_gone');
    for (const state of [unreachable, await enrolled(app.presented())]) {
      expect((await pushNotification.beginChallenge?.(context, state))?.state).toHaveProperty('challenge');
      expect(pushNotification.presentChallenge?.(state)).toEqual({
        deviceName: 'Ann’s phone',
        notWoken: 'true',
      });
    }
    expect(pushes).toEqual([]);
  });

  it('S-49 shows the number to the page alone', async () => {
    const made = await pushNotification.beginChallenge?.(context, await enrolled(app.presented()));
    const request = made?.state as PushRequest;
    expect(pushDevice.presentWaiting(request)).toEqual({ number: request.number });
    expect(pushDevice.presentRequest(request)).toEqual({
      challenge: request.challenge,
      numberChoices: request.choices,
      numberLength: 2,
    });
    const typed = { challenge: 'c', number: '42' };
    expect(pushDevice.presentRequest(typed)).toEqual({ challenge: 'c', numberLength: 2 });
  });
});

describe('a device', () => {
  it('is described by its name, its service and why it isn’t woken', async () => {
    const state = await enrolled(withWebPush);
    expect(pushDevice.view(state)).toEqual({
      name: 'Ann’s phone',
      identifier: app.identifier,
      service: 'WEBPUSH',
    });
    const gone = pushDevice.markUnreachable(state, 'endpoint_gone');
    expect(pushNotification.describe(gone)).toEqual({ name: 'Ann’s phone', unreachable: 'endpoint_gone' });
  });

  it('is woken again once it has told a new address', async () => {
    const gone = pushDevice.markUnreachable(await enrolled(withWebPush), 'endpoint_gone');
    const renamed = pushDevice.change(context, gone, pushDevice.readChange({ name: 'Work phone' }));
    expect(pushDevice.view(renamed)).toMatchObject({ name: 'Work phone', unreachable: 'endpoint_gone' });
    const change = pushDevice.readChange({
      push_credentials: webPushCredentials('https://push.example.com/b'),
    });
    expect(pushDevice.view(pushDevice.change(context, renamed, change))).not.toHaveProperty('unreachable');
  });

  it('S-55 that was never enrolled is nobody', async () => {
    const { state } = await pushNotification.beginEnrolment(context, undefined);
    const statement = { jws: pushDevice.ticketOf(state) ?? '', audiences: [] };
    const owner = { deviceId: 'dev_1', userId: 'auth0|ann' };
    expect(await pushDevice.isOwnBearer(context, state, statement, owner)).toBe(false);
    const proof = { jws: '', method: 'GET', urls: [], requestToken: 't' };
    expect(await pushDevice.judgePossession(context, state, proof)).toBeUndefined();
    expect(await pushDevice.judgeAnswer(context, state, statement, { challenge: 'c' })).toEqual({
      answer: 'invalid',
      detail: 'no_device',
    });
    expect(pushDevice.view(state)).toBeUndefined();
    expect(pushNotification.describe(state)).toEqual({});
  });
});

it('S-14 nothing that is handed in is a proof', async () => {
  for (const input of ['42', 'true', {}, undefined]) {
    expect(pushNotification.parseProof(input)).toBeUndefined();
  }
});
