import { type TInteger, Type } from 'typebox';
import { inADay, type SendBudget, type SendLimits } from './sendLimits.ts';

/** Setting: how long a code that was sent lives (S-08). */
export const codeLifetimeSetting = Type.Integer({
  default: 300,
  minimum: 60,
  maximum: 600,
  description: 'Life of a code.',
});

/** Setting: how many codes there may be at once; `what` goes on after "Codes". */
export function burstSetting(count: number, what: string): TInteger {
  const description = `Codes ${what}.`;
  return Type.Integer({ default: count, minimum: 1, maximum: 1_000_000, description });
}

/** Setting: how fast such a budget refills; `whose` it is in words. */
export function refillSetting(seconds: number, whose: string): TInteger {
  const description = `Seconds after which a ${whose} that used codes up may have one more.`;
  return Type.Integer({ default: seconds, minimum: 1, maximum: 86_400, description });
}

/** Defaults of the budgets that every factor has which sends codes. */
export type CommonBudgets = Readonly<Record<'user' | 'address' | 'application' | 'tenant', SendBudget>>;

/** The settings of those budgets. */
export function commonSendSettings({ user, address, application, tenant }: CommonBudgets) {
  return {
    sendsPerUser: burstSetting(
      user.burst,
      'to one person at once, from one network address. Three times as many within a day from all together, ' +
        'and as many again from where they last signed in with all that was asked for',
    ),
    sendsPerUserRefillSeconds: refillSetting(user.refillSeconds, 'person'),
    sendsPerIpAddress: burstSetting(address.burst, 'at once asked for from one network address'),
    sendsPerIpAddressRefillSeconds: refillSetting(address.refillSeconds, 'network address'),
    sendsPerApplication: burstSetting(
      application.burst,
      'at once for sign-ins to one application; as many again for setting up',
    ),
    sendsPerApplicationRefillSeconds: refillSetting(application.refillSeconds, 'application'),
    sendsPerTenant: burstSetting(tenant.burst, 'at once in all; as many again for setting up'),
    sendsPerTenantRefillSeconds: refillSetting(tenant.refillSeconds, 'tenant'),
  };
}

/** Settings of the budget of one `what`, a number or mailbox: 30 within any 24 hours. */
export const destinationBudget: SendBudget = { burst: 10, refillSeconds: 4320 };

/** What every factor that sends gives one person at one network address: 22 within any 24 hours. */
export const personBudget: SendBudget = { burst: 10, refillSeconds: 7200 };

/** Values of those settings. */
type CommonSendSettings = Readonly<Record<keyof ReturnType<typeof commonSendSettings>, number>>;

/** The limits that these settings are (S-96). */
export function commonSendLimits(settings: CommonSendSettings): SendLimits {
  const user = { burst: settings.sendsPerUser, refillSeconds: settings.sendsPerUserRefillSeconds };
  return {
    user,
    account: inADay(3 * user.burst),
    address: { burst: settings.sendsPerIpAddress, refillSeconds: settings.sendsPerIpAddressRefillSeconds },
    application: {
      burst: settings.sendsPerApplication,
      refillSeconds: settings.sendsPerApplicationRefillSeconds,
    },
    tenant: { burst: settings.sendsPerTenant, refillSeconds: settings.sendsPerTenantRefillSeconds },
  };
}
