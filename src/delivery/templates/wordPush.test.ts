import { describe, expect, it } from 'vitest';
import type { PushRequest } from '../push/pushMessages.ts';
import { UndeliverableError } from '../undeliverableError.ts';
import { emailLanguages } from './emailTexts.ts';
import { createPushWording } from './wordPush.ts';

const now = Date.UTC(2026, 0, 15, 12);
const request: PushRequest = {
  channel: 'apns',
  target: 'ab'.repeat(32),
  deviceId: 'dev_1',
  userId: 'auth0|ann',
  requestToken: 'token',
  challenge: 'challenge',
  consentId: 'cns_1',
  clientName: 'Canary Shop',
  requestInfo: {
    ip: '192.0.2.7',
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    geo: { city: 'Lisbon', country: 'PT' },
  },
  challengeId: 'chl_1',
  startedAt: now,
  expiresAt: now + 120_000,
};

function word(
  changes: Partial<PushRequest> = {},
  friendlyName = 'Acme',
  publicUrl = 'https://login.example.com/',
) {
  const sender = async () => ({ friendlyName });
  return createPushWording({ publicUrl, sender })(
    { ...request, ...changes },
    { id: 'msg_1', createdAt: now },
  );
}

describe('a push', () => {
  it.each(emailLanguages)('S-52 says in %s what to do, and nothing of the request', async (locale) => {
    const { title, body } = await word({ locale });
    expect(title).toBe('Acme');
    expect(body.length).toBeGreaterThan(10);
    expect(body).not.toMatch(/Canary|192\.0|Lisbon|Firefox|\{|undefined/);
  });

  it('has a text of its own in every language', async () => {
    const bodies = await Promise.all(emailLanguages.map(async (locale) => (await word({ locale })).body));
    expect(new Set(bodies).size).toBe(emailLanguages.length);
    expect((await word({ locale: 'tlh' })).body).toBe((await word({ locale: 'en' })).body);
  });

  it('names browser, system and place, and the server by its public address', async () => {
    expect(await word({}, 'Acme', 'https://login.example.com:8443/')).toMatchObject({
      source: { browser: 'Firefox', system: 'Linux' },
      place: 'Lisbon, Portugal',
      serverUrl: 'https://login.example.com:8443',
    });
  });

  it.each(['<b>Call +49 30 1234567</b>', 'evil.example', 'x'.repeat(10_000), 'a\r\nb\u202e'])(
    'S-53 tells no text of the browser’s or place’s own: %.30s',
    async (text) => {
      const info = { ip: '192.0.2.7', userAgent: text, geo: { city: text } };
      const { source, place = '', title } = await word({ requestInfo: info }, text);
      expect(source).toEqual({});
      for (const name of [place, title]) {
        expect(name.length).toBeLessThanOrEqual(40);
        expect(name).not.toMatch(/[\p{Cc}\p{Cf}]|1234567|evil\.example/u);
      }
    },
  );

  it('for an address that has not the form can’t be written', async () => {
    await expect(word({ target: 'nowhere' })).rejects.toThrow(UndeliverableError);
  });
});
