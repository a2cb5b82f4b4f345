import type { DeviceRequest } from '../../src/mfa/devices/deviceDesk.ts';
import type { DeviceCodeParameters } from '../../src/mfa/devices/deviceFactor.ts';
import { defaultTenantSettings, type TenantSettings } from '../../src/tenant/tenantSettings.ts';
import { beginToken, context, type TestEngine } from './engine.ts';
import {
  type AnsweredRequest,
  makePushDevice,
  type PushDevice,
  type PushDeviceOptions,
} from './pushDevice.ts';

const origin = 'https://login.example.com';
export const answerAudience = `${origin}/appliance-mfa/api/resolve-transaction`;
export const bearerAudience = `${origin}/appliance-mfa/api/device-accounts`;

/** Somewhere that no login was ever completed from. */
export const elsewhere = { ip: '203.0.113.9', userAgent: 'elsewhere' };

/** A device that is somebody's. */
export interface EnrolledDevice {
  device: PushDevice;
  userId: string;
  deviceId: string;
  token: string;
  codes?: DeviceCodeParameters;
}

/** A login that waits for a device. */
export interface Asking {
  mfaToken: string;
  transactionId: string;
  oobCode: string;
  /** What the page shows. */
  number: string;
}

export const events = { succeeded: 'seoobft', failed: 'feoobft' };

/** What people do with their devices, over an engine. */
export function deviceScene(house: TestEngine) {
  const { engine } = house;

  /** Requests to devices are on, one-time passwords and recovery codes too. */
  async function allow(settings: Record<string, unknown> = {}, changes: Partial<TenantSettings> = {}) {
    await house.setTenant({
      policy: 'always',
      factors: { ...defaultTenantSettings.factors, 'push-notification': { enabled: true, settings } },
      ...changes,
    });
  }

  async function beginDevice(userId: string, transactionId?: string) {
    const begun = transactionId === undefined ? await beginToken(house, userId) : undefined;
    const id = transactionId ?? (begun?.transactionId as string);
    const enrolment = await engine.beginEnrolment(id, { factor: 'push-notification' }, context);
    if (enrolment.outcome === 'refused') throw new Error(`Enrolment refused: ${enrolment.code}.`);
    const ticket = new URL(enrolment.shown.barcodeUri ?? '').searchParams.get('enrollment_tx_id') ?? '';
    const oobCode = enrolment.oobCode ?? '';
    return { mfaToken: begun?.mfaToken ?? '', transactionId: id, enrolment, ticket, oobCode };
  }

  const newDevice = (options: PushDeviceOptions = {}) =>
    makePushDevice({ clock: () => house.clock.now, ...options });

  const present = (ticket: string, device: PushDevice, changes?: Record<string, unknown>) =>
    engine.devices.enrol(ticket, device.presented(changes), context);

  const collect = (mfaToken: string, oobCode: string, from = context) =>
    engine.redeem(
      { mfaToken, clientId: 'client', submission: { challenge: { oobCode }, proof: undefined }, events },
      from,
    );

  /** A person's first second factor; their login completes. */
  async function enrolDevice(userId: string, options: PushDeviceOptions = {}): Promise<EnrolledDevice> {
    const device = newDevice(options);
    const { mfaToken, ticket, oobCode } = await beginDevice(userId);
    const enrolled = await present(ticket, device);
    if (enrolled.outcome === 'refused') throw new Error(`The device was refused: ${enrolled.code}.`);
    const collected = await collect(mfaToken, oobCode);
    if (collected.outcome !== 'completed') throw new Error('The enrolment was not collected.');
    const { deviceId, token, codes } = enrolled;
    return { device, userId, deviceId, token, ...(codes ? { codes } : {}) };
  }

  async function tryAsking(userId: string, from = context) {
    const { mfaToken, transactionId } = await beginToken(house, userId);
    const choice = { factor: 'push-notification' };
    const begun = await engine.beginChallenge(transactionId, choice, from);
    return { mfaToken, transactionId, begun };
  }

  /** Somebody gave the password, and the device is asked. */
  async function ask(userId: string, from = context): Promise<Asking> {
    const { mfaToken, transactionId, begun } = await tryAsking(userId, from);
    if (begun.outcome === 'refused') throw new Error(`Not asked: ${begun.code}.`);
    const latest = await engine.latestChallenge(transactionId);
    const number = latest?.shown.number ?? '';
    return { mfaToken, transactionId, oobCode: begun.oobCode ?? '', number };
  }

  const bearerOf = ({ deviceId, token }: Pick<EnrolledDevice, 'deviceId' | 'token'>) => ({
    deviceId,
    bearer: { jws: token, audiences: [bearerAudience] },
  });

  /** @throws when the device is refused, or nothing waits for it. */
  async function waiting(device: EnrolledDevice): Promise<DeviceRequest> {
    const found = await engine.devices.waitingRequest(bearerOf(device), context);
    if (found.outcome === 'refused' || !found.request) throw new Error('Nothing waits for the device.');
    return found.request;
  }

  const send = (
    requestToken: string,
    device: PushDevice,
    answer: Omit<AnsweredRequest, 'audience'>,
    from = context,
  ) =>
    engine.devices.answer(
      requestToken,
      { jws: device.answer({ audience: answerAudience, ...answer }), audiences: [answerAudience] },
      from,
    );

  /** Answers whatever waits for the device. */
  async function answer(
    enrolled: EnrolledDevice,
    answered: Omit<AnsweredRequest, 'audience' | 'challenge'>,
    from = context,
  ) {
    const { requestToken, challenge } = await waiting(enrolled);
    return send(requestToken, enrolled.device, { challenge, ...answered }, from);
  }

  return {
    allow,
    beginDevice,
    newDevice,
    present,
    collect,
    enrolDevice,
    tryAsking,
    ask,
    bearerOf,
    waiting,
    send,
    answer,
  };
}

export type DeviceScene = ReturnType<typeof deviceScene>;

/** A number that the page doesn't show. */
export function anotherNumber(number: string): string {
  return number === '11' ? '12' : '11';
}
