import type { RequestContext } from '../../config/requestContext.ts';
import type { Db } from '../../database/database.ts';
import { type Limit, spend } from '../../database/throttle.ts';
import { holdUser } from '../attempts.ts';
import { mayEnrol } from '../mayEnrol.ts';
import type { AuthenticationMethod } from '../methods.ts';
import { openStep } from '../openStep.ts';
import type { EngineParts } from '../parts.ts';
import { recordStep, type Step } from '../step.ts';
import { collectGraceMs } from './collectAnswer.ts';
import type { DeviceEnrolled, DeviceRefusal } from './deviceDesk.ts';
import type { DeviceCodeParameters } from './deviceFactor.ts';
import type { StoredRequest } from './deviceRequests.ts';
import { type DeviceFactor, hasDevice, refuseDevice } from './openDevice.ts';
import { deviceIdOf } from './sameDevice.ts';

/** Devices refused that are logged for one person; the rest would only fill the log. */
const loggedRefusals: Limit = { name: 'device-refusals-logged', burst: 5, refillSeconds: 600 };

/**
 * A device takes the place of the ticket that it presents, once (S-42). Its codes come beside, where those are on.
 * All of it stays unconfirmed until the transaction that issued the ticket goes on (S-41).
 */
export function enrolDevice(
  parts: EngineParts,
  ticket: string,
  input: unknown,
  context: RequestContext,
): Promise<DeviceEnrolled | DeviceRefusal> {
  return parts.database.transaction(async (trx): Promise<DeviceEnrolled | DeviceRefusal> => {
    const named = await parts.deviceRequests.ofToken(trx, 'enrolment', ticket);
    if (!named) return refuseDevice('unknown_ticket');
    await holdUser(trx, named.userId);
    const opened = await openTicket(parts, trx, named, context);
    if (opened.outcome === 'refused') return opened;
    const { step, method } = opened;
    const { factor, settings } = step;
    const device = factor.device.readDevice(input);
    if (device === undefined) return refuseDevice('malformed_device');
    const objection = factor.device.objection(device, parts.registry.settingsOf(factor, settings));
    if (objection !== undefined) {
      const mayLog = await spend(trx, parts.clock, loggedRefusals, named.userId);
      if (mayLog.allowed) await recordStep(step, 'gd_start_enroll_failed', { method, detail: objection });
      return refuseDevice('unsupported_device');
    }
    if (!(await parts.deviceRequests.answer(trx, named.challengeId, 'approved'))) {
      return refuseDevice('unknown_ticket');
    }
    await parts.challenges.prolong(trx, named.challengeId, parts.clock() + collectGraceMs);
    return takePlace(step, method, device);
  });
}

type TicketStep = Step & { factor: DeviceFactor };

/** What the ticket is for, if it may still be used: by the person's own open enrolment, which nothing voided. */
async function openTicket(
  parts: EngineParts,
  trx: Db,
  { challengeId, transactionId, methodId }: StoredRequest,
  context: RequestContext,
): Promise<{ outcome: 'opened'; step: TicketStep; method: AuthenticationMethod } | DeviceRefusal> {
  const opened = await openStep(parts, trx, transactionId, context);
  if (opened.outcome === 'refused') {
    return opened.code === 'locked'
      ? refuseDevice('locked', opened.throttle)
      : refuseDevice('unknown_ticket');
  }
  // Read once the person is held: whoever came first with this ticket is done.
  const present = await parts.deviceRequests.ofChallenge(trx, challengeId);
  const { transaction, settings, user } = opened.step;
  const methods = await parts.methodsOf(trx, user, settings);
  const method = methods.find(({ id, isConfirmed }) => id === methodId && !isConfirmed);
  const factor = method && parts.registry.get(method.factor);
  const { requirement } = transaction;
  if (!present?.isWaiting || !method || !hasDevice(factor) || method.transactionId !== transactionId) {
    return refuseDevice('unknown_ticket');
  }
  if (!parts.registry.isEnabled(factor, settings)) return refuseDevice('factor_disabled');
  const step = { ...opened.step, factor, methods };
  if (requirement.kind !== 'enrol' || !requirement.factors.includes(factor.name) || !mayEnrol(step)) {
    return refuseDevice('unknown_ticket');
  }
  return { outcome: 'opened', step, method };
}

async function takePlace(
  step: TicketStep,
  method: AuthenticationMethod,
  device: unknown,
): Promise<DeviceEnrolled> {
  const { parts, trx, settings, user, factor } = step;
  const factorContext = parts.factorContext(trx, factor, settings, user);
  const { state, token } = factor.device.enrol(factorContext, method.state, device);
  if (!(await parts.methods.change(trx, method, state))) throw new Error('A held enrolment changed.');
  const deviceId = deviceIdOf(method.id);
  const codes = await addCodes(step, deviceId);
  return {
    outcome: 'enrolled',
    deviceId,
    userId: user.id,
    accountName: user.email,
    issuer: settings.friendlyName,
    token,
    ...(codes ? { codes } : {}),
  };
}

/** One-time codes under the same device, where those are on. */
async function addCodes(
  { parts, trx, settings, user, transaction }: TicketStep,
  deviceId: string,
): Promise<DeviceCodeParameters | undefined> {
  const factor = parts.registry.enabled(settings).find(({ deviceCodes }) => deviceCodes);
  if (!factor?.deviceCodes) return undefined;
  const factorContext = parts.factorContext(trx, factor, settings, user);
  const { state } = await factor.beginEnrolment(factorContext, undefined);
  await parts.methods.insert(trx, {
    id: `${factor.wire.idPrefix}|${deviceId}`,
    userId: user.id,
    factor: factor.name,
    state,
    transactionId: transaction.id,
    now: parts.clock(),
  });
  return factor.deviceCodes.parametersOf(state);
}
