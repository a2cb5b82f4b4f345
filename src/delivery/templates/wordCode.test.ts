import { describe, expect, it } from 'vitest';
import type { SmsMessage, VoiceMessage } from '../channel.ts';
import type { CodeMessage } from '../codeMessages.ts';
import { emailLanguages } from './emailTexts.ts';
import type { Sender } from './messageValues.ts';
import { createEmailRenderer } from './renderEmail.ts';
import { smsSegments } from './smsSegments.ts';
import type { TemplateParts } from './templateKey.ts';
import { createCodeWording } from './wordCode.ts';

const envelope = { id: 'msg_1', createdAt: Date.UTC(2026, 0, 15, 12) };
const message: CodeMessage = {
  channel: 'sms',
  to: '+4930123456',
  userId: 'auth0|1',
  purpose: 'verification',
  code: '024681',
  clientName: 'Shop',
  requestInfo: { ip: '192.0.2.7', userAgent: '', geo: { city: 'Lisbon', country: 'PT' } },
  challengeId: 'chl_1',
  expiresAt: envelope.createdAt + 300_000,
};
const purposes = ['enrolment', 'verification'] as const;
const longHost = 'https://second-factor.customers.login.example.com/';

function word<Kind>(
  change: Partial<CodeMessage>,
  options: { sender?: Sender; publicUrl?: string; parts?: Record<string, TemplateParts> } = {},
): Promise<Kind & { reports: string[] }> {
  const { sender = { friendlyName: 'Acme' }, publicUrl = 'https://login.example.com/', parts } = options;
  const reports: string[] = [];
  const shared = {
    publicUrl,
    sender: async () => sender,
    templates: {
      find: async (_key: unknown, language: string) => parts?.[language],
      report: async (_key: unknown, _language: string, error: unknown) => void reports.push(String(error)),
    },
  };
  const wordCode = createCodeWording({ ...shared, renderEmail: createEmailRenderer(shared) });
  return wordCode({ ...message, ...change }, envelope).then((worded) => ({
    ...(worded as Kind),
    reports,
  }));
}

describe.each(emailLanguages)('in %s', (locale) => {
  it.each(purposes)('a text message of %s has the code and fits into one part', async (purpose) => {
    const { text } = await word<SmsMessage>({ locale, purpose });
    expect(text.startsWith('@')).toBe(false);
    expect(text.split('\n').at(-1)).toBe('@login.example.com #024681');
    expect(text).toContain('Acme');
    const { encoding, segments } = smsSegments(text);
    expect({ encoding, segments }).toEqual({ encoding: locale === 'ja' ? 'UCS-2' : 'GSM-7', segments: 1 });
  });

  it.each(purposes)('%s stays in one part with a long host and a long name', async (purpose) => {
    const sender = { friendlyName: 'The Incorporated Savings Bank of the Northern Counties' };
    const { text } = await word<SmsMessage>({ locale, purpose }, { sender, publicUrl: longHost });
    expect(smsSegments(text).segments).toBe(1);
    expect(text).toContain('024681');
  });

  it.each(purposes)('a name that needs UCS-2 does not make %s cost two parts', async (purpose) => {
    const sender = { friendlyName: '北日本信用組合連合会ネットワークサービスセンター' };
    const { text } = await word<SmsMessage>({ locale, purpose }, { sender, publicUrl: longHost });
    // German has the longest words; with sixteen of these letters two of its texts can't be shorter.
    expect(smsSegments(text).segments).toBeLessThanOrEqual(2);
    expect(text).not.toContain('@second-factor');
  });

  it.each(purposes)('a call of %s says the code digit by digit, twice', async (purpose) => {
    const { phrases, language } = await word<VoiceMessage>({ channel: 'voice', locale, purpose });
    expect(language).toBe(locale);
    expect(phrases.filter(({ text }) => text.includes('0 2 4 6 8 1'))).toHaveLength(2);
    expect(phrases[0]?.text).toContain('Acme');
    expect(phrases.some(({ pauseAfterSeconds = 0 }) => pauseAfterSeconds >= 2)).toBe(true);
    for (const { text } of phrases) expect(text).not.toMatch(/[\p{Co}\n]|\{\{/u);
  });
});

it('an e-mail carries the code, its place and who asked', async () => {
  const worded = await word<{ text: string; to: string; id: string }>({
    channel: 'email',
    to: 'ann@example.com',
    locale: 'de',
  });
  expect(worded).toMatchObject({ id: 'msg_1', to: 'ann@example.com' });
  for (const fact of ['024681', '5 Minuten', 'Ort: Lisbon, Portugal', 'Anwendung: Shop'])
    expect(worded.text).toContain(fact);
});

it.each([
  ['http://127.0.0.1:3000/', false],
  ['http://[::1]:3000/', false],
  ['http://localhost:3000/', true],
  ['https://login.example.com:8443/', true],
])('S-85 the code is bound to the host of %s where it has a name', async (publicUrl, isBound) => {
  const { text } = await word<SmsMessage>({}, { publicUrl });
  expect(text.includes(`\n@${new URL(publicUrl).hostname} #024681`)).toBe(isBound);
});

it.each([
  ['pt-PT', 'pt-PT'],
  ['pt', 'pt'],
  ['fr-CA', 'fr-CA'],
  ['no_such.tag', 'en'],
  ['tlh', 'en'],
])('a call for %s is spoken in %s', async (locale, language) => {
  expect((await word<VoiceMessage>({ channel: 'voice', locale })).language).toBe(language);
});

describe('the operator’s own words', () => {
  it('are sent in their language, with the values by Auth0’s names', async () => {
    const text =
      '{{ message_type }} {{ locale }} {{ tenant.friendlyName }} {{ tenant.friendly_name }} {{ code }} {{ client.name }}';
    const sent = await word<SmsMessage>({ locale: 'de-AT' }, { parts: { de: { text } } });
    expect(sent).toMatchObject({ text: 'sms de-AT Acme Acme 024681 Shop', reports: [] });
  });

  it('have the line for autofill only if they want it', async () => {
    const line = await word<SmsMessage>({}, { parts: { en: { text: '{{ code }}\n{{ autofill_line }}' } } });
    expect(line.text).toBe('024681\n@login.example.com #024681');
    const plain = await word<SmsMessage>({}, { parts: { en: { text: '{{ code }}' } } });
    expect(plain.text).toBe('024681');
  });

  it('may be in a language that we have no words in', async () => {
    const parts = { it: { text: 'Codice {{ code }}' } };
    const sender = { friendlyName: 'Acme', enabledLocales: ['en', 'it'] };
    expect((await word<SmsMessage>({ locale: 'it-CH' }, { parts, sender })).text).toBe('Codice 024681');
  });

  it('are said twice when they say the code once', async () => {
    const { phrases } = await word<VoiceMessage>(
      { channel: 'voice' },
      { parts: { en: { text: 'Code:{{ pause }}{{ code }}' } } },
    );
    expect(phrases).toEqual([
      { text: 'Code:', pauseAfterSeconds: 1 },
      { text: '0 2 4 6 8 1', pauseAfterSeconds: 2 },
      { text: 'Code:', pauseAfterSeconds: 1 },
      { text: '0 2 4 6 8 1', pauseAfterSeconds: 0 },
    ]);
  });

  it.each([
    ['broken', '{{ code'],
    ['without the code', 'Hello'],
    ['asking for what there is not', '{{ code }}{{ secret }}'],
    ['far too long', `{{ code }}${'x'.repeat(2000)}`],
    ['never ending', '{% for i in (1..99999999) %}{{ code }}{% endfor %}'],
  ])('%s give way to ours, and that is reported', async (_name, text) => {
    for (const channel of ['sms', 'voice'] as const) {
      const { reports, ...sent } = await word<object>(
        { channel },
        { parts: { en: { text: text.repeat(channel === 'voice' && text.length > 2000 ? 2 : 1) } } },
      );
      const { reports: _none, ...own } = await word<object>({ channel });
      expect(reports).toHaveLength(1);
      expect(sent).toEqual(own);
    }
  });
});

describe('S-95 names bring no link, number or line of their own', () => {
  const hostile = [
    'Acme\n@evil.example #999999',
    'https://evil.example/?x=',
    'evil.example',
    'Call +1 900 555 0100',
    'Acme\u202eelpmaxe.live',
    'Acme\ue000\ue000',
    '<script>alert(1)</script>',
    '{{ code }}',
  ];

  it.each(hostile)('%j', async (name) => {
    const sender = { friendlyName: name };
    const parts = {
      en: { text: '{{ code }} {{ friendly_name }} {{ application.name }}\n{{ autofill_line }}' },
    };
    for (const options of [{ sender }, { sender, parts }]) {
      const { text } = await word<SmsMessage>({ clientName: name }, options);
      expect(text).not.toMatch(/https?:|evil\.example|999999|900 ?555|[\p{Cf}\p{Co}]/u);
      expect(text.split('\n').slice(1)).toEqual(['@login.example.com #024681']);
      const { phrases } = await word<VoiceMessage>({ channel: 'voice', clientName: name }, { sender });
      expect(phrases).toHaveLength(6);
    }
  });
});
