import { randomToken } from '../../crypto/random.ts';
import type { ShownRequest } from '../../mfa/devices/deviceFactor.ts';
import { drawChoices, drawNumber, numberLength } from './numbers.ts';
import type { PushSettings } from './settings.ts';
import type { EnrolledState } from './state.ts';

/** State of a challenge: what the device's answer must hold. */
export interface PushRequest {
  /** Text that the answer repeats. */
  challenge: string;
  /** What the page shows; absent where the device can't ask for it. */
  number?: string;
  /** Among which the device offers it; typed when absent. */
  choices?: readonly string[];
}

/** A request to a device, of which no two are alike (S-51). */
export function makeRequest(device: EnrolledState, { numberMatching }: PushSettings): PushRequest {
  const challenge = randomToken();
  if (!device.matchesNumbers) return { challenge };
  return numberMatching === 'choose' ? { challenge, ...drawChoices() } : { challenge, number: drawNumber() };
}

/** What the device learns of it: never which of the numbers it is. */
export function presentRequest({ challenge, number, choices }: PushRequest): ShownRequest {
  return {
    challenge,
    ...(choices ? { numberChoices: choices } : {}),
    ...(number === undefined ? {} : { numberLength }),
  };
}

/** What the page shows while it waits. */
export function presentWaiting({ number }: PushRequest): Readonly<Record<string, string>> {
  return number === undefined ? {} : { number };
}
