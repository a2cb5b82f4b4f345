import { Check, Create } from 'typebox/value';
import { expect, it } from 'vitest';
import { pushSending } from './sending.ts';
import { type PushSettings, pushSettings } from './settings.ts';

const defaults = Create(pushSettings) as PushSettings;

it('S-49 number matching is on, and devices without it are refused, until the operator decides otherwise', () => {
  expect(Check(pushSettings, defaults)).toBe(true);
  expect(defaults).toMatchObject({ numberMatching: 'choose', allowDevicesWithoutNumberMatching: false });
});

it.each(['user', 'account'] as const)(
  'S-50 the budget of the %s is at most five requests in ten minutes',
  (subject) => {
    const { burst = 0, refillSeconds = 0 } = pushSending.limits(defaults)[subject] ?? {};
    expect(burst + 600 / refillSeconds).toBe(5);
  },
);

it('S-50 one device is asked at most thirty times a day by whoever knows the password elsewhere', () => {
  const { burst = 0, refillSeconds = 0 } = pushSending.limits(defaults).destination ?? {};
  expect(burst + 86_400 / refillSeconds).toBe(30);
});

it.each([
  [{ answerSeconds: 30 }, true],
  [{ answerSeconds: 29 }, false],
  [{ answerSeconds: 301 }, false],
  [{ numberMatching: 'type' }, true],
  [{ numberMatching: 'off' }, false],
  [{ allowDevicesWithoutNumberMatching: true }, true],
  [{ sendsPerUser: 0 }, false],
])('judges %j', (change, isGood) => {
  expect(Check(pushSettings, { ...defaults, ...change })).toBe(isGood);
});
