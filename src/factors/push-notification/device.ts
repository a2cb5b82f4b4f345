import { isDeepStrictEqual } from 'node:util';
import { randomToken } from '../../crypto/random.ts';
import type { DeviceSide, DeviceView } from '../../mfa/devices/deviceFactor.ts';
import { judgeAnswer } from './judgeAnswer.ts';
import { hashToken, isOwnBearer } from './judgeBearer.ts';
import { judgePossession } from './judgePossession.ts';
import { type DeviceChange, readChange, readDevice } from './readDevice.ts';
import { type PushRequest, presentRequest, presentWaiting } from './request.ts';
import type { PushSettings } from './settings.ts';
import { type Device, type EnrolledState, enrolled, isEnrolled, type PushState } from './state.ts';

/** What devices do with the factor. */
export const pushDevice: DeviceSide<PushState, PushSettings, Device, PushRequest> = {
  ticketLifetimeSeconds: 300,

  ticketOf: (state) => (isEnrolled(state) ? undefined : state.ticket),
  readDevice,
  objection: ({ matchesNumbers }, { allowDevicesWithoutNumberMatching }) =>
    matchesNumbers || allowDevicesWithoutNumberMatching ? undefined : 'no_number_matching',

  enrol(context, _pending, device) {
    const token = randomToken();
    return { state: { ...device, tokenHash: hashToken(context, token) }, token };
  },

  readChange,
  change: (_context, state, change) => changed(enrolled(state), change as DeviceChange),

  // A method without its device is nobody's to speak for.
  isOwnBearer: async (context, state, bearer, owner) =>
    isEnrolled(state) && isOwnBearer(context, state, bearer, owner),
  judgePossession: async ({ clock }, state, proof) =>
    isEnrolled(state) ? judgePossession(clock, state, proof) : undefined,
  judgeAnswer: async (context, state, answer, request) =>
    isEnrolled(state)
      ? judgeAnswer(context, state, answer, request)
      : { answer: 'invalid', detail: 'no_device' },

  presentRequest,
  presentWaiting,
  markUnreachable: (state, reason, target) =>
    isEnrolled(state) && (target === undefined || isDeepStrictEqual(target, state.push?.target))
      ? { ...state, unreachable: reason }
      : state,
  view: (state) => (isEnrolled(state) ? viewOf(state) : undefined),
};

/** With a new address it can be woken again. */
function changed(state: EnrolledState, change: DeviceChange): EnrolledState {
  const { unreachable, ...reachable } = state;
  return { ...(change.push ? reachable : state), ...change };
}

function viewOf({ name, identifier, push, unreachable }: EnrolledState): DeviceView {
  return {
    name,
    identifier,
    ...(push ? { service: push.service } : {}),
    ...(unreachable === undefined ? {} : { unreachable }),
  };
}
