import { createHmac, createPublicKey, type JsonWebKey } from 'node:crypto';
import { Create } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import {
  type AnsweredRequest,
  makeDeviceKey,
  makePushDevice,
  type PushDevice,
  signCompact,
} from '../../../test/support/pushDevice.ts';
import { judgeAnswer } from './judgeAnswer.ts';
import { readDevice } from './readDevice.ts';
import { makeRequest, type PushRequest } from './request.ts';
import { type PushSettings, pushSettings } from './settings.ts';
import type { EnrolledState } from './state.ts';

const now = Date.UTC(2026, 0, 15, 12, 0, 0, 400);
const audience = 'https://login.example.com/appliance-mfa/api/resolve-transaction';
const audiences = [audience, 'https://login.example.com/api/resolve-transaction'];
const settings = Create(pushSettings) as PushSettings;
const lenient: PushSettings = { ...settings, allowDevicesWithoutNumberMatching: true };

const clock = () => now;
const app = makePushDevice({ clock });
const ios = makePushDevice({ kind: 'ios', clock });
const android = makePushDevice({ kind: 'android', clock });

function stateOf(device: PushDevice): EnrolledState {
  const read = readDevice(device.presented());
  if (!read) throw new Error('The device was refused.');
  return { ...read, tokenHash: '' };
}

const requestTo = (device: PushDevice, by = settings) => makeRequest(stateOf(device), by);

function judge(device: PushDevice, request: PushRequest, jws: string, by = settings) {
  return judgeAnswer({ clock, settings: by }, stateOf(device), { jws, audiences }, request);
}

/** The answer of our app to a request of its own, with these changes. */
function answerOf(request: PushRequest, changes: Partial<AnsweredRequest> = {}, device = app): string {
  return device.answer({ challenge: request.challenge, audience, number: request.number, ...changes });
}

describe('a yes', () => {
  it.each(['choose', 'type'] as const)('counts with the number of the page: %s', async (numberMatching) => {
    const request = requestTo(app, { ...settings, numberMatching });
    expect(request.choices?.includes(request.number ?? '')).toBe(
      numberMatching === 'choose' ? true : undefined,
    );
    expect(await judge(app, request, answerOf(request))).toEqual({ answer: 'approved' });
  });

  it('S-49 with another number is no yes', async () => {
    const request: PushRequest = { challenge: 'c', number: '42', choices: ['17', '42', '93'] };
    for (const number of ['17', '43', '042', '', ' 42']) {
      expect(await judge(app, request, answerOf(request, { number })), number).toEqual({
        answer: 'mismatched',
      });
    }
  });

  it('S-49 without the number is no yes, nor is one with something else in its place', async () => {
    const request = requestTo(app);
    for (const given of [undefined, Number(request.number), [request.number], null]) {
      const jws = answerOf(request, { claims: { countersign_number: given } });
      expect(await judge(app, request, jws), String(given)).toEqual({ answer: 'mismatched' });
    }
  });

  it('counts at each of the addresses that the server has', async () => {
    const request = requestTo(app);
    for (const one of audiences)
      expect(await judge(app, request, answerOf(request, { audience: one }))).toEqual({ answer: 'approved' });
  });
});

describe('a no', () => {
  it.each([
    ['that says that it is somebody else’s', 'hack', true],
    ['that calls it a mistake', 'mistake', false],
    ['with a reason of the app’s own', 'I was asleep', false],
    ['without a reason', undefined, false],
  ])('%s', async (_what, reason, isForeign) => {
    const request = requestTo(app);
    const jws = answerOf(request, { isAccepted: false, number: undefined, ...(reason ? { reason } : {}) });
    expect(await judge(app, request, jws)).toEqual({
      answer: 'denied',
      ...(reason ? { reason } : {}),
      isForeign,
    });
  });

  it('S-49 needs no number, and is one though the device could not be asked for it any more', async () => {
    const request = requestTo(ios, lenient);
    const jws = answerOf(request, { isAccepted: false }, ios);
    expect(await judge(ios, request, jws)).toMatchObject({ answer: 'denied' });
  });

  it('S-53 has a reason of at most 256 characters, whatever the device sends', async () => {
    const request = requestTo(app);
    const long = answerOf(request, { isAccepted: false, reason: 'x'.repeat(10_000) });
    expect(await judge(app, request, long)).toMatchObject({ reason: 'x'.repeat(256) });
    const disguised = answerOf(request, { isAccepted: false, reason: 'no\0\n\u202eeno on\ud800' });
    expect(await judge(app, request, disguised)).toMatchObject({ reason: 'no eno on\ufffd' });
    const odd = answerOf(request, { isAccepted: false, claims: { auth0_guardian_reason: { a: 1 } } });
    expect(await judge(app, request, odd)).toEqual({ answer: 'denied', isForeign: false });
  });
});

describe('a device without number matching', () => {
  it.each([ios, android])('may say yes where the operator allows it: $kind', async (device) => {
    const request = requestTo(device, lenient);
    expect(request.number).toBeUndefined();
    const jws = answerOf(request, {}, device);
    expect(await judge(device, request, jws, lenient)).toEqual({ answer: 'approved' });
  });

  it('S-49 may not once the operator has changed their mind, though the request was made before', async () => {
    const request = requestTo(ios, lenient);
    expect(await judge(ios, request, answerOf(request, {}, ios))).toEqual({
      answer: 'invalid',
      detail: 'no_number_matching',
    });
  });
});

describe('S-51 an answer counts only by the enrolled key and for its own request', () => {
  const request = requestTo(app);
  const good = { challenge: request.challenge, audience, number: request.number };
  const invalid = (detail: string) => ({ answer: 'invalid', detail });
  const unsigned = (detail: string) => ({ ...invalid(detail), isUnsigned: true });

  it('not for another request, be it replayed or the challenge swapped', async () => {
    const other = requestTo(app);
    const replayed = answerOf(request);
    expect(await judge(app, other, replayed)).toEqual(invalid('sub'));
    expect(await judge(app, request, answerOf(request, { challenge: other.challenge }))).toEqual(
      invalid('sub'),
    );
  });

  it('not by another device of the same name', async () => {
    const other = makePushDevice({ identifier: app.identifier, clock });
    expect(await judge(app, request, other.answer(good))).toEqual(unsigned('signature'));
  });

  it('not by a device that calls itself something else', async () => {
    expect(await judge(app, request, answerOf(request, { claims: { iss: 'dev_other' } }))).toEqual(
      invalid('iss'),
    );
  });

  it('not with `none`, not even with its signature left out', async () => {
    const [header = '', claims = '', signature = ''] = answerOf(request).split('.');
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
    for (const jws of [`${none}.${claims}.`, `${none}.${claims}.${signature}`])
      expect(await judge(app, request, jws)).toEqual(unsigned('algorithm'));
    expect(await judge(app, request, `${header}.${claims}.`)).toEqual(unsigned('signature'));
  });

  it.each([app, ios])('not with HS256 and the public key as its secret: $kind', async (device) => {
    const asked = requestTo(device, lenient);
    const claims = device
      .answer({ challenge: asked.challenge, audience, number: asked.number })
      .split('.')[1];
    const header = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'JWT' })).toString('base64url');
    const key = createPublicKey({ key: device.publicKey as JsonWebKey, format: 'jwk' });
    const pem = key.export({ format: 'pem', type: 'spki' });
    for (const secret of [pem, JSON.stringify(device.publicKey)]) {
      const mac = createHmac('sha256', secret).update(`${header}.${claims}`).digest('base64url');
      expect(await judge(device, asked, `${header}.${claims}.${mac}`, lenient)).toEqual(
        unsigned('algorithm'),
      );
    }
  });

  it.each(['RS384', 'PS256', 'ES256'])('not with %s by an RSA key', async (alg) => {
    const asked = requestTo(ios, lenient);
    const claims = JSON.parse(
      Buffer.from(
        ios.answer({ challenge: asked.challenge, audience }).split('.')[1] ?? '',
        'base64url',
      ).toString(),
    ) as Record<string, unknown>;
    const jws = signCompact(ios.privateKey, claims, { alg });
    expect(await judge(ios, asked, jws, lenient)).toEqual(unsigned('algorithm'));
  });

  it('not by a key that comes along in the header', async () => {
    const { privateKey, publicKey } = makeDeviceKey('ES256');
    const claims = {
      ...{ aud: audience, iss: app.identifier, sub: request.challenge },
      ...{ iat: now / 1000, exp: now / 1000 + 30 },
      auth0_guardian_method: 'push',
      auth0_guardian_accepted: true,
      countersign_number: request.number,
    };
    const jwk = publicKey.export({ format: 'jwk' });
    expect(await judge(app, request, signCompact(privateKey, claims, { jwk }))).toEqual(
      unsigned('signature'),
    );
    expect(await judge(app, request, signCompact(app.privateKey, claims, { jwk }))).toEqual({
      answer: 'approved',
    });
  });

  it('not at another address', async () => {
    const elsewhere = [
      'https://login.example.org/appliance-mfa/api/resolve-transaction',
      `${audience}/`,
      'https://login.example.com/appliance-mfa/api/device-accounts',
      '',
    ];
    for (const one of elsewhere)
      expect(await judge(app, request, answerOf(request, { audience: one })), one).toEqual(invalid('aud'));
  });

  it('not after its end, nor from the future, where a clock may be a minute off', async () => {
    const at = now / 1000;
    const timed = (iat: unknown, exp: unknown) => answerOf(request, { claims: { iat, exp } });
    expect(await judge(app, request, timed(at - 89, at - 59))).toEqual({ answer: 'approved' });
    expect(await judge(app, request, timed(at + 59, at + 89))).toEqual({ answer: 'approved' });
    expect(await judge(app, request, timed(at - 91, at - 61))).toEqual(invalid('exp'));
    expect(await judge(app, request, timed(at + 61, at + 91))).toEqual(invalid('iat'));
    expect(await judge(app, request, timed(at, at + 301))).toEqual(invalid('exp'));
    expect(await judge(app, request, timed(at, undefined))).toEqual(invalid('exp'));
    expect(await judge(app, request, timed(undefined, at + 30))).toEqual(invalid('iat'));
    expect(await judge(app, request, timed(String(at), at + 30))).toEqual(invalid('iat'));
  });

  it('with times in fractions of a second, as iPhones write them', async () => {
    const asked = requestTo(ios, lenient);
    const jws = answerOf(asked, {}, ios);
    expect(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()).toContain(`"iat":${now / 1000}`);
    expect(await judge(ios, asked, jws, lenient)).toEqual({ answer: 'approved' });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['of another method', { auth0_guardian_method: 'otp' }, 'method'],
    ['without a method', { auth0_guardian_method: undefined }, 'method'],
    ['without a decision', { auth0_guardian_accepted: undefined }, 'accepted'],
    ['with a word for a decision', { auth0_guardian_accepted: 'true' }, 'accepted'],
    ['with a number for a decision', { auth0_guardian_accepted: 1 }, 'accepted'],
    ['without a challenge', { sub: undefined }, 'sub'],
    ['with a list of challenges', { sub: [request.challenge] }, 'sub'],
  ])('not %s', async (_what, claims, detail) => {
    expect(await judge(app, request, answerOf(request, { claims }))).toEqual(invalid(detail));
  });

  it('not as what the key signs for other purposes', async () => {
    const proof = app.possession({
      requestToken: 't',
      url: audience,
      claims: {
        ...{ aud: audience, iss: app.identifier, sub: request.challenge, exp: now / 1000 + 30 },
        ...{ auth0_guardian_method: 'push', auth0_guardian_accepted: true },
        countersign_number: request.number,
      },
    });
    expect(await judge(app, request, proof)).toEqual(invalid('typ'));
  });

  it.each(['', 'a', 'a.b', 'a.b.c', '..', 'x'.repeat(1000), `${'e30.'.repeat(4)}`])(
    'not as %j',
    async (jws) => {
      expect(await judge(app, request, jws)).toEqual(unsigned('form'));
    },
  );
});
