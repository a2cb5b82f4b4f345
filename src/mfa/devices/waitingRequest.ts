import type { RequestContext } from '../../config/requestContext.ts';
import type { EngineParts } from '../parts.ts';
import type { RequestState } from './askDevice.ts';
import type { DeviceBearer, DeviceRefusal, DeviceRequest } from './deviceDesk.ts';
import { type OpenedDevice, readAsDevice } from './openDevice.ts';

/** The request that waits for a device, with what its person should see before they answer. */
export function waitingRequest(
  parts: EngineParts,
  device: DeviceBearer,
  context: RequestContext,
): Promise<{ outcome: 'found'; request: DeviceRequest | undefined } | DeviceRefusal> {
  return readAsDevice(parts, device, context, async (opened) => ({
    outcome: 'found' as const,
    request: await findRequest(opened),
  }));
}

async function findRequest({
  parts,
  db,
  user,
  settings,
  factor,
  method,
}: OpenedDevice): Promise<DeviceRequest | undefined> {
  if (!method.isConfirmed || !parts.registry.isEnabled(factor, settings)) return undefined;
  const waiting = await parts.deviceRequests.waitingFor(db, user.id, method.id);
  const found = waiting && (await parts.challenges.findById(db, waiting.challengeId));
  const transaction = waiting && (await parts.transactions.find(db, waiting.transactionId));
  if (found?.outcome !== 'open' || !transaction) return undefined;
  const { request, requestToken, asked } = found.challenge.state as RequestState;
  return {
    ...factor.device.presentRequest(request),
    requestToken,
    consentId: waiting.consentId,
    application: transaction.decisionInput.client.name,
    ip: asked.ip,
    userAgent: asked.userAgent,
    createdAt: waiting.createdAt,
    expiresAt: waiting.expiresAt,
  };
}
