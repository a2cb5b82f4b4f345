import { describe, expect, it } from 'vitest';
import { midday } from '../../../test/support/delivery.ts';
import { pushTo } from '../../../test/support/pushes.ts';
import { readOnAndroid, readOnIos } from '../../../test/support/simulators/guardianDevices.ts';
import { androidData, applePayload } from './guardianPayload.ts';

const read = {
  enrolmentId: 'dev_0123456789abcdef',
  transactionToken: 'request-token-canary',
  challenge: 'challenge-canary',
  consentId: 'cns_0123456789abcdef',
  startedAt: new Date(midday),
  url: 'https://login.example.com',
  browser: 'Firefox',
  system: 'Linux',
  place: 'Lisbon, Portugal',
};

describe('a request for Guardian’s libraries', () => {
  it('is nested for iOS', () => {
    expect(applePayload(pushTo('token'))).toEqual({
      aps: {
        alert: { title: 'Acme', body: 'Are you logging in?' },
        category: 'com.auth0.notification.authentication',
        sound: 'default',
      },
      mfa: {
        dai: 'dev_0123456789abcdef',
        txtkn: 'request-token-canary',
        c: 'challenge-canary',
        d: '2026-01-15T12:00:00.000Z',
        sh: 'https://login.example.com',
        txlnkid: 'cns_0123456789abcdef',
        s: { b: { n: 'Firefox' }, os: { n: 'Linux' } },
        l: { n: 'Lisbon, Portugal' },
      },
    });
    expect(readOnIos(applePayload(pushTo('token')))).toEqual(read);
  });

  it('is flat for Android, with JSON in texts', () => {
    expect(androidData(pushTo('token'))).toEqual({
      dai: 'dev_0123456789abcdef',
      txtkn: 'request-token-canary',
      c: 'challenge-canary',
      d: '2026-01-15T12:00:00.000Z',
      sh: 'https://login.example.com',
      txlnkid: 'cns_0123456789abcdef',
      s: '{"b":{"n":"Firefox"},"os":{"n":"Linux"}}',
      l: '{"n":"Lisbon, Portugal"}',
    });
    expect(readOnAndroid(androidData(pushTo('token')))).toEqual(read);
  });

  it('leaves out what isn’t known', () => {
    const { place: _, ...message } = pushTo('token', { source: { system: 'iPhone' } });
    expect(applePayload(message).mfa).not.toHaveProperty('l');
    expect(readOnIos(applePayload(message))).toMatchObject({ browser: undefined, system: 'iPhone' });
    expect(androidData({ ...message, source: {} })).not.toHaveProperty('s');
  });
});
