import type { Sending } from '../../mfa/factor.ts';
import { commonSendLimits } from '../../mfa/sends/sendSettings.ts';
import { type PushSettings, personBudget } from './settings.ts';
import { isEnrolled, type PushState } from './state.ts';

/** What keeps people from being asked until they say yes, from the settings (S-50). */
export const pushSending: Sending<PushState, PushSettings> = {
  limits: (settings) => ({
    ...commonSendLimits(settings),
    // From all addresses together no more than from one: the phone is the same.
    account: personBudget(settings),
    destination: { burst: settings.sendsPerDevice, refillSeconds: settings.sendsPerDeviceRefillSeconds },
  }),
  growsWait: () => false,
  watch: () => undefined,
  destination: (state) => ({ to: isEnrolled(state) ? keyTextOf(state.key) : state.ticket }),
  isAllowed: (state, { allowDevicesWithoutNumberMatching }) =>
    !isEnrolled(state) || state.matchesNumbers || allowDevicesWithoutNumberMatching,
};

/** A key is one enrolment's; what a device calls itself may be anybody's claim. */
function keyTextOf(key: { kty: 'RSA'; n: string } | { kty: 'EC'; x: string }): string {
  return key.kty === 'RSA' ? key.n : key.x;
}
