import type { EngineParts } from '../parts.ts';
import { answerRequest } from './answerRequest.ts';
import { ChangeWatch } from './changeWatch.ts';
import { describeDevice } from './describeDevice.ts';
import type { DeviceDesk } from './deviceDesk.ts';
import { enrolDevice } from './enrolDevice.ts';
import { markUnreachable } from './markUnreachable.ts';
import { readAsDevice } from './openDevice.ts';
import { removeDevice } from './removeDevice.ts';
import { requestStanding } from './requestStanding.ts';
import { showConsent } from './showConsent.ts';
import { updateDevice } from './updateDevice.ts';
import { waitingRequest } from './waitingRequest.ts';

/** The engine's face for devices: what each call does is in a file of its own. */
export function createDevices(parts: EngineParts): DeviceDesk {
  const watch = new ChangeWatch(parts.database.db, parts.clock, parts.deviceRequests);
  return {
    enrol: (ticket, device, context) => enrolDevice(parts, ticket, device, context),
    find: (device, context) => readAsDevice(parts, device, context, async (opened) => describeDevice(opened)),
    update: (device, change, context) => updateDevice(parts, device, change, context),
    remove: (device, context) => removeDevice(parts, device, context),
    waitingRequest: (device, context) => waitingRequest(parts, device, context),
    answer: (requestToken, answer, context) => answerRequest(parts, requestToken, answer, context),
    consent: (consentId, proof, context) => showConsent(parts, consentId, proof, context),
    standing: (transactionId) => requestStanding(parts, transactionId),
    requestChanged: (transactionId, signal) => watch.requestChanged(transactionId, signal),
    deviceChanged: (deviceId, signal) => watch.deviceChanged(deviceId, signal),
    stop: () => watch.stop(),
    markUnreachable: (trx, device, reason) => markUnreachable(parts, trx, device, reason),
  };
}
