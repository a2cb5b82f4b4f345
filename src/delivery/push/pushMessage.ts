import type { Envelope } from '../channel.ts';

/**
 * A request to a device, as a provider sends it. What its person has to see before they answer, the device
 * fetches from the server. Safe to repeat: it takes the place of the one before it on the same device.
 */
export interface PushMessage<Target> extends Envelope {
  /** Where the push service finds the device. */
  target: Target;
  /** `dev_…`: of all accounts on the device the one that it is about. */
  deviceId: string;
  /** Bearer by which the device answers, together with its own key. */
  requestToken: string;
  /** Text that the answer repeats. */
  challenge: string;
  /** Public name of the request: `cns_…`. */
  consentId: string;
  /** Of whoever asked: names of a closed list, absent where they aren't known. */
  source: { browser?: string; system?: string };
  /** `Lisbon, Portugal`, where it is known. */
  place?: string;
  /** Epoch milliseconds. */
  startedAt: number;
  /** Epoch milliseconds: from then on the request is of no use. */
  expiresAt: number;
  /** Origin of this server, without a slash at the end. */
  serverUrl: string;
  /** Plain text that a locked screen may show. */
  title: string;
  body: string;
}
