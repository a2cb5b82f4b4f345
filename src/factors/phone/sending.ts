import type { Sending } from '../../mfa/factor.ts';
import { commonSendLimits } from '../../mfa/sends/sendSettings.ts';
import type { PhoneState } from './index.ts';
import type { PhoneSettings } from './settings.ts';

/** What keeps the factor from running up costs, from its settings (S-96). */
export const phoneSending: Sending<PhoneState, PhoneSettings> = {
  limits: (settings) => ({
    ...commonSendLimits(settings),
    destination: { burst: settings.sendsPerNumber, refillSeconds: settings.sendsPerNumberRefillSeconds },
    prefix: { burst: settings.sendsPerPrefix, refillSeconds: settings.sendsPerPrefixRefillSeconds },
  }),
  growsWait: ({ backOff }) => backOff === 'exponential',
  watch: (settings) =>
    settings.conversionLeastRatio === 0
      ? undefined
      : {
          leastSends: settings.conversionLeastSends,
          leastRatio: settings.conversionLeastRatio,
          windowSeconds: settings.conversionWindowSeconds,
          pauseSeconds: settings.conversionPauseSeconds,
        },
  destination: ({ number: to, group: prefix }) => ({ to, prefix }),
  isAllowed: ({ country }, { allowedCountries }) => allowedCountries.includes(country),
};
