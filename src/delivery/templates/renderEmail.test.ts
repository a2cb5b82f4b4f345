import { describe, expect, it } from 'vitest';
import type { Email, EmailTemplate, EmailVariables } from '../emailTemplates.ts';
import { UndeliverableError } from '../transport.ts';
import { emailLanguages, emailTextsFor } from './emailTexts.ts';
import { createEmailRenderer, type Sender } from './renderEmail.ts';

const publicUrl = 'https://login.example.com/';
const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const occasion = { at: Date.UTC(2026, 0, 15, 12), ip: '192.0.2.7', userAgent: chrome };
const link = { url: `${publicUrl}u/reset-password?ticket=abc`, lifetimeSeconds: 3600 };
const samples: EmailVariables = {
  verify_email: { ...link, lifetimeSeconds: 5 * 86_400 },
  reset_email: link,
  account_exists: link,
  password_changed: occasion,
  mfa_enrolled: { ...occasion, factorName: 'Authenticator app' },
  mfa_removed: { ...occasion, factorName: 'Authenticator app' },
  recovery_code_used: occasion,
  mfa_reset: { at: occasion.at },
  failed_second_factors: { ...occasion, failures: 3 },
};
const templates = Object.keys(samples) as EmailTemplate[];

function render(email: Omit<Email, 'to'>, sender: Sender = { friendlyName: 'Acme' }) {
  const renderer = createEmailRenderer({ publicUrl, sender: async () => sender });
  return renderer({ to: 'ann@example.com', ...email } as Email);
}

describe.each(emailLanguages)('in %s', (locale) => {
  it.each(templates)('%s says the same in text and HTML', async (template) => {
    const email = { template, locale, variables: samples[template] } as Omit<Email, 'to'>;
    const { subject, text, html } = await render(email);
    const words = emailTextsFor(locale).texts.templates[template];
    expect(subject).toContain('Acme');
    expect(text).toContain(words.heading);
    expect(html).toContain(words.heading);
    expect(html).toContain(`<html lang="${locale}">`);
    expect(`${subject}${text}${html}`).not.toMatch(/\{\{|\{%|undefined|\[object/);
    const links = html.match(/href="[^"]*"/g) ?? [];
    expect(links.length > 0).toBe('url' in samples[template]);
    expect(text.includes(link.url)).toBe('url' in samples[template]);
  });
});

it.each(emailLanguages)(
  'in %s names the support there is, and no support where there is none',
  async (locale) => {
    const email = { template: 'mfa_reset', locale, variables: samples.mfa_reset } as const;
    const label = emailTextsFor(locale).texts.labels.support.replace('{{ support }}', '').trim();
    const without = await render(email);
    expect(without.text).not.toContain(label);
    expect(without.html).not.toContain(label);
    const help = 'help@example.com';
    const { text, html } = await render(email, { friendlyName: 'Acme', supportEmail: help });
    expect(text.trimEnd().split('\n').at(-1)).toMatch(new RegExp(`^${label} ?${help}$`));
    expect(html).toContain(help);
  },
);

it('falls back to English', async () => {
  const { subject } = await render({ template: 'mfa_reset', locale: 'tlh', variables: samples.mfa_reset });
  expect(subject).toBe('The second step of your Acme account was reset');
});

it.each([
  ['fr-CA', ['en', 'fr'], 'fr'],
  ['de', ['en', 'fr'], 'en'],
  ['de', ['pt-BR', 'en'], 'pt'],
  [undefined, ['ja', 'en'], 'ja'],
  ['de', ['tlh'], 'en'],
  ['de', [], 'en'],
])('writes %s in a tenant with %j in %s', async (locale, enabledLocales, language) => {
  const email = { template: 'mfa_reset', variables: samples.mfa_reset, ...(locale && { locale }) } as const;
  const { html } = await render(email, { friendlyName: 'Acme', enabledLocales });
  expect(html).toContain(`<html lang="${language}">`);
});

it('tells time, address and browser', async () => {
  const { text } = await render({
    template: 'failed_second_factors',
    variables: samples.failed_second_factors,
  });
  expect(text).toContain('Time: January 15, 2026 at 12:00');
  expect(text).toContain('IP address: 192.0.2.7');
  expect(text).toContain('Browser: Chrome on Windows');
  expect(text).toContain('3 times');
});

it.each([
  [300, '5 minutes'],
  [3600, '1 hour'],
  [5400, '90 minutes'],
  [5 * 86_400, '5 days'],
])('writes %i seconds as %s', async (lifetimeSeconds, words) => {
  const { text } = await render({ template: 'reset_email', variables: { ...link, lifetimeSeconds } });
  expect(text).toContain(`for ${words}.`);
});

describe('S-85 a link that leads outside the public URL is never sent', () => {
  it.each([
    'https://evil.example/u/reset-password?ticket=abc',
    'http://login.example.com/u/reset-password',
    'https://login.example.com:8443/u/reset-password',
    'https://login.example.com.evil.example/u',
    'https://login.example.com@evil.example/u',
    '//evil.example/u',
    '/u/reset-password',
    'javascript:alert(1)',
    '',
  ])('%s', async (url) => {
    const email = { template: 'reset_email', variables: { ...link, url } } as const;
    await expect(render(email)).rejects.toThrow(UndeliverableError);
  });
});

describe('S-95 what others wrote injects nothing', () => {
  const hostile = [
    'Acme\r\nBcc: victim@example.com',
    'Acme\u2028Subject: win',
    'Acme\u202emoc.live',
    '<img src=x onerror=alert(1)>',
    '"><a href="https://evil.example">click</a>',
    "' onmouseover='alert(1)",
    '{{ url }}{% assign friendly_name = 1 %}',
    '{{ "x" | raw }}',
    '</title><script>alert(1)</script>',
    '&lt;b&gt;',
    'a'.repeat(10_000),
  ];

  it.each(hostile)('as the tenant’s name: %.40s', async (friendlyName) => {
    const email = { template: 'reset_email', variables: link } as const;
    const { subject, text, html } = await render(email, { friendlyName, supportEmail: friendlyName });
    expect(subject).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
    expect(subject.length).toBeLessThan(300);
    expect(text).not.toMatch(/^(Bcc|Subject):/m);
    const clean = await render(email, { friendlyName: 'Acme', supportEmail: 'Acme' });
    expect(html.match(/<[^>]*>/g)).toEqual(clean.html.match(/<[^>]*>/g));
    expect(html.split('ticket=abc')).toHaveLength(clean.html.split('ticket=abc').length);
  });

  it.each(hostile)('as the browser’s name: %.40s', async (userAgent) => {
    const email = { template: 'password_changed', variables: { ...occasion, userAgent } } as const;
    expect((await render(email)).text).toContain('Browser: Unknown\n');
  });

  it.each(hostile)('as a factor’s name: %.40s', async (factorName) => {
    const email = { template: 'mfa_enrolled', variables: { ...occasion, factorName } } as const;
    const { html } = await render(email);
    const clean = await render({ template: 'mfa_enrolled', variables: samples.mfa_enrolled });
    expect(html.match(/<[^>]*>/g)).toEqual(clean.html.match(/<[^>]*>/g));
  });
});

describe('S-88 a template reaches nothing but its values', () => {
  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('%s', async (friendlyName) => {
    const sender = Object.assign(Object.create({ supportEmail: 'inherited@example.com' }), { friendlyName });
    const { subject } = await render({ template: 'mfa_reset', variables: samples.mfa_reset }, sender);
    expect(subject).toBe(`The second step of your ${friendlyName} account was reset`);
  });
});
