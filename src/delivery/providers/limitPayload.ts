import { DeliveryError } from './provider.ts';

/** What Apple's and Google's push services take, bytes. */
const largestPayload = 4096;

/** The payload of a push as JSON. @throws DeliveryError `final` when push services would not take it. */
export function limitPayload(payload: object): string {
  const text = JSON.stringify(payload);
  if (Buffer.byteLength(text) > largestPayload) throw new DeliveryError('final', 'too_large');
  return text;
}
