import type { Sending } from '../../mfa/factor.ts';
import { commonSendLimits } from '../../mfa/sends/sendSettings.ts';
import type { EmailState } from './index.ts';
import type { EmailSettings } from './settings.ts';

/** What keeps mailboxes from being flooded, from the settings. */
export const emailSending: Sending<EmailState, EmailSettings> = {
  limits: (settings) => ({
    ...commonSendLimits(settings),
    destination: { burst: settings.sendsPerMailbox, refillSeconds: settings.sendsPerMailboxRefillSeconds },
  }),
  growsWait: () => false,
  watch: () => undefined,
  destination: ({ email: to }) => ({ to }),
  isAllowed: () => true,
};
