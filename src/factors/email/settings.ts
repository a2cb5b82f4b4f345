import { type Static, Type } from 'typebox';
import {
  burstSetting,
  codeLifetimeSetting,
  commonSendSettings,
  destinationBudget,
  personBudget,
  refillSetting,
} from '../../mfa/sends/sendSettings.ts';

/** How long codes by e-mail live, and how many are sent. */
export const emailSettings = Type.Object({
  codeLifetimeSeconds: codeLifetimeSetting,

  sendsPerMailbox: burstSetting(
    destinationBudget.burst,
    'to one mailbox at once, whoever asks; as many again for setting up',
  ),
  sendsPerMailboxRefillSeconds: refillSetting(destinationBudget.refillSeconds, 'mailbox'),
  ...commonSendSettings({
    user: personBudget,
    address: { burst: 100, refillSeconds: 15 },
    application: { burst: 5000, refillSeconds: 1 },
    tenant: { burst: 10_000, refillSeconds: 1 },
  }),
});

export type EmailSettings = Static<typeof emailSettings>;
