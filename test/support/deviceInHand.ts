import type { DeviceEnrolled, DeviceRequest } from '../../src/mfa/devices/deviceDesk.ts';
import { context, type TestEngine } from './engine.ts';
import { makePushDevice, type PushDevice, type PushDeviceOptions } from './pushDevice.ts';

const origin = 'https://login.example.com';
const answerAddress = `${origin}/appliance-mfa/api/resolve-transaction`;

/** A device that a person holds in their hand, whose calls are the engine's. */
export interface DeviceInHand {
  readonly device: PushDevice;
  /** Presents the ticket that is in a URI, as a screen shows it. */
  enrol(uri: string, changes?: Record<string, unknown>): Promise<DeviceEnrolled>;
  /** What waits for an answer. */
  request(): Promise<DeviceRequest | undefined>;
  /** Says yes to what waits, with the number that the page shows. */
  approve(number?: string): ReturnType<TestEngine['engine']['devices']['answer']>;
  /** Says no to it; `hack` says that the sign-in is somebody else's. */
  deny(reason?: string): ReturnType<TestEngine['engine']['devices']['answer']>;
  /** Leaves. */
  remove(): ReturnType<TestEngine['engine']['devices']['remove']>;
}

export function deviceInHand(house: TestEngine, options: PushDeviceOptions = {}): DeviceInHand {
  const { devices } = house.engine;
  const device = makePushDevice({ clock: () => house.clock.now, ...options });
  let enrolled: DeviceEnrolled | undefined;

  const bearer = () => {
    if (!enrolled) throw new Error('The device is not enrolled.');
    return { deviceId: enrolled.deviceId, bearer: { jws: enrolled.token, audiences: [] } };
  };
  const request = async () => {
    const found = await devices.waitingRequest(bearer(), context);
    if (found.outcome === 'refused') throw new Error(`The device was refused: ${found.code}.`);
    return found.request;
  };
  const answer = async (decision: { isAccepted: boolean; number?: string; reason?: string }) => {
    const waiting = await request();
    if (!waiting) throw new Error('Nothing waits for this device.');
    const { challenge, requestToken } = waiting;
    const jws = device.answer({ challenge, audience: answerAddress, ...decision });
    return devices.answer(requestToken, { jws, audiences: [answerAddress] }, context);
  };
  return {
    device,
    async enrol(uri, changes) {
      const ticket = ticketIn(uri);
      const result = await devices.enrol(ticket, device.presented(changes), context);
      if (result.outcome === 'refused') throw new Error(`The device was refused: ${result.code}.`);
      enrolled = result;
      return result;
    },
    request,
    approve: (number) => answer({ isAccepted: true, ...(number === undefined ? {} : { number }) }),
    deny: (reason) => answer({ isAccepted: false, ...(reason === undefined ? {} : { reason }) }),
    remove: () => devices.remove(bearer(), context),
  };
}

/** The ticket in the URI that a screen shows, or in the link that opens the authenticator with it. */
export function ticketIn(uri: string): string {
  const carried = /#add=(.+)$/.exec(uri)?.[1];
  const ticket = new URL(carried ? decodeURIComponent(carried) : uri).searchParams.get('enrollment_tx_id');
  if (!ticket) throw new Error(`There is no ticket in ${uri}.`);
  return ticket;
}
