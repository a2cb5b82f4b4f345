import { type Static, Type } from 'typebox';
import type { SendBudget } from '../../mfa/sends/sendLimits.ts';

/** How requests are shown and answered, and how many there are. */
export const pushSettings = Type.Object({
  answerSeconds: Type.Integer({
    default: 120,
    minimum: 30,
    maximum: 300,
    description: 'How long a request waits for its answer.',
  }),
  numberMatching: Type.Union([Type.Literal('choose'), Type.Literal('type')], {
    default: 'choose',
    description:
      'How a person says on the device which number the sign-in page shows: they choose it among three, or type it. ' +
      'Typing takes a moment longer, and nobody hits the number by chance.',
  }),
  allowDevicesWithoutNumberMatching: Type.Boolean({
    default: false,
    description:
      'Whether devices may be set up and used that don’t ask for the number, as those with Auth0’s libraries. ' +
      'Whoever knows a password can send their owner request after request, and a tired person taps yes.',
  }),

  sendsPerUser: burst(
    3,
    'to one person at once, from all network addresses; as many again from where they last signed in with all ' +
      'that was asked for',
  ),
  sendsPerUserRefillSeconds: refill(300, 'person'),
  sendsPerDevice: burst(
    15,
    'to one device at once; as many again from where its person last signed in with all that was asked for. Those ' +
      'that they approved don’t count',
  ),
  sendsPerDeviceRefillSeconds: refill(5760, 'device'),
  sendsPerIpAddress: burst(50, 'at once asked for from one network address'),
  sendsPerIpAddressRefillSeconds: refill(15, 'network address'),
  sendsPerApplication: burst(5000, 'at once for sign-ins to one application'),
  sendsPerApplicationRefillSeconds: refill(1, 'application'),
  sendsPerTenant: burst(10_000, 'at once in all'),
  sendsPerTenantRefillSeconds: refill(1, 'tenant'),
});

export type PushSettings = Static<typeof pushSettings>;

/** A person's budget: by default at most five requests within any ten minutes (S-50). */
export function personBudget(settings: PushSettings): SendBudget {
  return { burst: settings.sendsPerUser, refillSeconds: settings.sendsPerUserRefillSeconds };
}

function burst(count: number, what: string) {
  return Type.Integer({
    default: count,
    minimum: 1,
    maximum: 1_000_000,
    description: `Requests ${what}.`,
  });
}

function refill(seconds: number, whose: string) {
  return Type.Integer({
    default: seconds,
    minimum: 1,
    maximum: 86_400,
    description: `Seconds after which a ${whose} that used requests up may have one more.`,
  });
}
