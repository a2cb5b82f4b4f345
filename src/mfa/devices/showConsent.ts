import type { RequestContext } from '../../config/requestContext.ts';
import { type Limit, spend } from '../../database/throttle.ts';
import type { EngineParts } from '../parts.ts';
import type { DeviceConsent, DeviceRefusal } from './deviceDesk.ts';
import type { PossessionProof } from './deviceFactor.ts';
import { hasDevice, refuseDevice } from './openDevice.ts';

/** A proof is used once; when it is forgotten, the request that it is bound to is long over. */
const onceOnly: Limit = { name: 'device-possession', burst: 1, refillSeconds: 3600 };

/** What a waiting request is for, to whoever holds its bearer and proves to hold the device's key. */
export function showConsent(
  parts: EngineParts,
  consentId: string,
  proof: PossessionProof,
  context: RequestContext,
): Promise<DeviceConsent | DeviceRefusal> {
  return parts.database.transaction(async (trx): Promise<DeviceConsent | DeviceRefusal> => {
    const request = await parts.deviceRequests.ofConsent(trx, consentId, proof.requestToken);
    if (!request) return refuseDevice('unknown_request');
    const user = await parts.findUser(trx, request.userId);
    const transaction = await parts.transactions.find(trx, request.transactionId);
    if (!request.isWaiting || !transaction || !user || user.blocked) return refuseDevice('request_over');
    const settings = await parts.settings(trx);
    const methods = await parts.methods.ofUser(trx, user.id);
    const method = methods.find(({ id, isConfirmed }) => id === request.methodId && isConfirmed);
    const factor = method && parts.registry.get(method.factor);
    if (!method || !hasDevice(factor)) return refuseDevice('request_over');
    if (!parts.registry.isEnabled(factor, settings)) return refuseDevice('factor_disabled');
    const factorContext = parts.factorContext(trx, factor, settings, user, context);
    const possession = await factor.device.judgePossession(factorContext, method.state, proof);
    if (!possession) return refuseDevice('invalid_possession');
    const key = parts.vault.hash(`${request.challengeId} ${possession.id}`, 'device-possession');
    const isFirst = await spend(trx, parts.clock, onceOnly, key);
    if (!isFirst.allowed) return refuseDevice('invalid_possession');
    const { audience, scope } = transaction.decisionInput;
    return {
      outcome: 'found',
      consentId,
      audience: audience ?? '',
      scope,
      createdAt: request.createdAt,
      expiresAt: request.expiresAt,
    };
  });
}
