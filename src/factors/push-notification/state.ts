import type { DeviceKey } from './deviceKey.ts';
import type { PushTarget } from './pushTarget.ts';

/** A method that waits for its device. */
export interface PendingState {
  pending: true;
  /** What the device presents, once: 256 random bits, base64url. */
  ticket: string;
}

/** What a device hands over when it is enrolled. */
export interface Device {
  /** What it calls itself; the same after it was set up anew. */
  identifier: string;
  /** Chosen on the device: one line of plain text. */
  name: string;
  key: DeviceKey;
  /** Absent where it only looks for requests by itself. */
  push?: PushTarget;
  /** It asks its person for the number that the page shows. */
  matchesNumbers: boolean;
}

/** A method with its device. */
export interface EnrolledState extends Device {
  /** Keyed hash of the opaque bearer. */
  tokenHash: string;
  /** Why it is woken no longer. */
  unreachable?: string;
}

export type PushState = PendingState | EnrolledState;

/** Whether a method has its device. */
export function isEnrolled(state: PushState): state is EnrolledState {
  return 'key' in state;
}

/** @throws when it hasn't: the engine asks for devices of enrolled methods only. */
export function enrolled(state: PushState): EnrolledState {
  if (!isEnrolled(state)) throw new Error('The method has no device yet.');
  return state;
}
