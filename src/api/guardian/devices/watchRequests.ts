import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../../config/clock.ts';
import type { RequestContext } from '../../../config/requestContext.ts';
import type { DeviceBearer, DeviceRefusal, DeviceRequest } from '../../../mfa/devices/deviceDesk.ts';
import type { DeviceService } from './dependencies.ts';

/** What became known of a device's requests. */
export type Sighting =
  /** The request that waits for it, or that none does, where that is news. */
  | { news: true; request: DeviceRequest | undefined }
  /** Nothing new for a while, and the device may still ask. */
  | { news: false };

export interface Watch {
  devices: Pick<DeviceService, 'waitingRequest' | 'deviceChanged'>;
  clock: Clock;
  device: DeviceBearer;
  context: RequestContext;
  /** Ends it. */
  signal: AbortSignal;
  /** Milliseconds after which the device is looked at again although nothing changed. */
  patienceMs: number;
}

/**
 * Tells the request that waits for a device, and then whatever changes, until the signal ends it. Whether the
 * device may ask is judged anew each time, so that one that was removed hears nothing more (S-55); returns the
 * refusal then.
 */
export async function* watchRequests(watch: Watch): AsyncGenerator<Sighting, DeviceRefusal | undefined> {
  const { devices, device, context, signal, patienceMs } = watch;
  let told: string | undefined;
  while (!signal.aborted) {
    const round = new AbortController();
    const waiting = AbortSignal.any([signal, round.signal]);
    try {
      // Before it is read: what changes from here on is noticed.
      const changed = devices.deviceChanged(device.deviceId, waiting);
      const found = await devices.waitingRequest(device, context);
      if (found.outcome === 'refused') return found;
      const { request } = found;
      const name = request?.consentId ?? 'none';
      const isNews = name !== told;
      told = name;
      yield isNews ? { news: true, request } : { news: false };
      await Promise.race([changed, pause(Math.min(patienceMs, timeLeft(watch, request)), waiting)]);
    } finally {
      round.abort();
    }
  }
  return undefined;
}

/** Until the request is too old, which nothing tells. */
function timeLeft({ clock }: Watch, request: DeviceRequest | undefined): number {
  return request ? Math.max(0, request.expiresAt - clock()) + 1 : Number.POSITIVE_INFINITY;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal, ref: false }).catch(() => undefined);
}
