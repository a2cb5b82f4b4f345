import { describe, expect, it } from 'vitest';
import type { Email, EmailTemplate, EmailVariables } from '../emailTemplates.ts';
import { UndeliverableError } from '../undeliverableError.ts';
import { emailLanguages, emailTextsFor } from './emailTexts.ts';
import type { Sender } from './messageValues.ts';
import { createEmailRenderer } from './renderEmail.ts';
import type { TemplateParts } from './templateKey.ts';

const publicUrl = 'https://login.example.com/';
const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const occasion = { at: Date.UTC(2026, 0, 15, 12), ip: '192.0.2.7', userAgent: chrome };
const link = { path: '/u/reset-password?ticket=abc', lifetimeSeconds: 3600 };
const undo = { path: '/u/undo-change?ticket=abc', lifetimeSeconds: 86_400 };
const samples: EmailVariables = {
  verify_email: { ...link, lifetimeSeconds: 5 * 86_400 },
  reset_email: link,
  account_exists: link,
  enrollment_email: link,
  password_changed: occasion,
  mfa_enrolled: { ...occasion, undo, factorName: 'Authenticator app' },
  mfa_removed: { ...occasion, undo: null, factorName: 'Authenticator app' },
  recovery_code_used: { ...occasion, codesLeft: 3 },
  mfa_reset: { at: occasion.at },
  mfa_change_undone: link,
  temporary_pass_issued: { at: occasion.at, undo },
  temporary_pass_used: occasion,
  failed_second_factors: { ...occasion, failures: 3 },
  push_denied: { ...occasion, clientName: 'Shop', place: 'Lisbon, Portugal' },
  mfa_oob_code: {
    ...occasion,
    code: '024681',
    purpose: 'verification',
    clientName: 'Shop',
    place: 'Lisbon, Portugal',
    lifetimeSeconds: 300,
  },
};
const templates = Object.keys(samples) as EmailTemplate[];

function render(email: Omit<Email, 'to'>, sender: Sender = { friendlyName: 'Acme' }) {
  const renderer = createEmailRenderer({ publicUrl, sender: async () => sender });
  return renderer({ to: 'ann@example.com', ...email } as Email);
}

function bringsLink(variables: EmailVariables[EmailTemplate]): boolean {
  return 'path' in variables || ('undo' in variables && variables.undo !== null);
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
    const links = html.match(/href="(?![^"]*\/account")[^"]*"/g) ?? [];
    expect(links.length > 0).toBe(bringsLink(samples[template]));
    expect(text.includes(`${publicUrl}u/reset-password?ticket=abc`)).toBe('path' in samples[template]);
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

it('leads to the account page from news of the account, and not beside a code or another link', async () => {
  const account = `${publicUrl}account`;
  const rendered = (template: EmailTemplate) =>
    render({ template, locale: 'en', variables: samples[template] } as Omit<Email, 'to'>);
  const { text, html } = await rendered('password_changed');
  expect(text).toContain(`How you sign in: ${account}`);
  expect(html).toContain(`href="${account}"`);
  for (const template of ['reset_email', 'mfa_oob_code'] as const) {
    const other = await rendered(template);
    expect(other.text + other.html).not.toContain(account);
  }
});

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

it('tells what a request that the person refused was for', async () => {
  const { text, html } = await render({ template: 'push_denied', variables: samples.push_denied });
  for (const fact of ['Application: Shop', 'Place: Lisbon, Portugal', 'Browser: Chrome on Windows'])
    expect(text).toContain(fact);
  expect(html).toContain('Choose a new password now');
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
    '/\\evil.example/u',
    'u/reset-password',
    'javascript:alert(1)',
    '',
  ])('%s', async (path) => {
    const email = { template: 'reset_email', variables: { ...link, path } } as const;
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
    const email = { template: 'mfa_enrolled', variables: { ...occasion, undo, factorName } } as const;
    const { html } = await render(email);
    const clean = await render({ template: 'mfa_enrolled', variables: samples.mfa_enrolled });
    expect(html.match(/<[^>]*>/g)).toEqual(clean.html.match(/<[^>]*>/g));
  });
});

describe('S-45 a link that undoes what happened', () => {
  const url = 'https://login.example.com/u/undo-change?ticket=abc';

  it.each(emailLanguages)('takes the place of the advice, in %s', async (locale) => {
    const { undo: words, notice } = emailTextsFor(locale).texts.templates.mfa_enrolled;
    const withLink = await render({ template: 'mfa_enrolled', locale, variables: samples.mfa_enrolled });
    expect(withLink.text).toContain(`${words?.button}:\n${url}`);
    expect(withLink.html).toContain(`href="${url}"`);
    expect(withLink.text).not.toContain(notice);
    const variables = { ...occasion, undo: null, factorName: 'Authenticator app' };
    const without = await render({ template: 'mfa_enrolled', locale, variables });
    expect(without.text).toContain(notice);
    expect(`${without.text}${without.html}`).not.toContain(words?.button);
  });

  it('S-85 leads nowhere else', async () => {
    const variables = { ...occasion, undo: { ...undo, path: '//evil.example/' }, factorName: 'App' };
    await expect(render({ template: 'mfa_removed', variables })).rejects.toThrow(UndeliverableError);
  });
});

describe('S-88 a template reaches nothing but its values', () => {
  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('%s', async (friendlyName) => {
    const sender = Object.assign(Object.create({ supportEmail: 'inherited@example.com' }), { friendlyName });
    const { subject } = await render({ template: 'mfa_reset', variables: samples.mfa_reset }, sender);
    expect(subject).toBe(`The second step of your ${friendlyName} account was reset`);
  });
});

describe('the operator’s own template', () => {
  const reset = { to: 'ann@example.com', template: 'reset_email', variables: link } as const;
  const code = { to: 'ann@example.com', template: 'mfa_oob_code', variables: samples.mfa_oob_code } as const;

  function renderWith(parts: TemplateParts, email: Email, sender: Sender = { friendlyName: 'Acme' }) {
    const reports: unknown[] = [];
    const renderer = createEmailRenderer({
      publicUrl,
      sender: async () => sender,
      templates: {
        find: async (key, language) => (key.name === email.template && language === 'en' ? parts : undefined),
        report: async (_key, _language, error) => void reports.push(String(error)),
      },
    });
    return renderer(email).then((words) => ({ ...words, reports }));
  }

  it('is sent, with a plain text of its words', async () => {
    const words = await renderWith(
      {
        subject: '{{ tenant.friendly_name }}: {{ code }} is on its way',
        html: '<p>{{ user.email }}, from {{ application.name }}</p><p>{{ code }} for {{ lifetime }}</p>',
      },
      code,
    );
    expect(words).toEqual({
      subject: 'Acme: 024681 is on its way',
      html: '<p>ann@example.com, from Shop</p><p>024681 for 5 minutes</p>',
      text: 'ann@example.com, from Shop\n\n024681 for 5 minutes\n',
      reports: [],
    });
  });

  it('names the sender, where it has one', async () => {
    const parts = { from: '{{ friendly_name }} <codes@acme.example>', subject: 'Code', html: '{{ code }}' };
    expect(await renderWith(parts, code)).toMatchObject({ from: 'Acme <codes@acme.example>', reports: [] });
    expect(await renderWith({ subject: 'Code', html: '{{ code }}' }, code)).not.toHaveProperty('from');
  });

  it('S-95 makes no second sender or header of a name', async () => {
    const parts = { from: '{{ friendly_name }} <codes@acme.example>', subject: 'Code', html: '{{ code }}' };
    for (const friendlyName of ['evil <e@evil.example>, Acme', 'Acme\r\nBcc: e@evil.example']) {
      const { from, reports } = await renderWith(parts, code, { friendlyName });
      expect(from).toBeUndefined();
      expect(reports).toHaveLength(1);
    }
  });

  it('tells where the request came from', async () => {
    const html =
      '{{ code }}|{{ request_info.ip }}|{{ request_info.browser }}|{{ request_info.system }}|{{ request_info.place }}|{{ purpose }}';
    expect((await renderWith({ subject: 'Code', html }, code)).html).toBe(
      '024681|192.0.2.7|Chrome|Windows|Lisbon, Portugal|verification',
    );
  });

  it.each([
    ['whose code is missing', code, { subject: 'Code', html: '<p>Hello</p>' }],
    ['whose link is missing', reset, { subject: 'Reset', html: '<p>Hello</p>' }],
    ['that is broken', code, { subject: 'Code', html: '{{ code' }],
    ['that asks for what there is not', code, { subject: 'Code', html: '{{ code }}{{ secret }}' }],
    ['without a subject', code, { subject: '{% comment %}no{% endcomment %}', html: '{{ code }}' }],
    [
      'that never ends',
      code,
      { subject: 'Code', html: '{% for i in (1..99999999) %}{{ code }}{% endfor %}' },
    ],
  ])('%s is not sent; our own words are, and it is reported', async (_name, email, parts) => {
    const words = await renderWith(parts, email as Email);
    const { reports, ...sent } = words;
    expect(reports).toHaveLength(1);
    expect(sent).toEqual(await render(email as Email));
  });

  it('S-95 makes no header, link or element of the tenant’s and the application’s name', async () => {
    const hostile = '<a href="https://evil.example">x</a>\r\nBcc: victim@evil.example';
    const { subject, html, text } = await renderWith(
      {
        subject: '{{ friendly_name }} {{ application.name }}',
        html: '<p title="{{ friendly_name }}">{{ code }} {{ friendly_name | escape }} {{ client.name }}</p>',
      },
      { ...code, variables: { ...samples.mfa_oob_code, clientName: hostile } },
      { friendlyName: hostile },
    );
    expect(subject).not.toMatch(/[\r\n]/);
    expect(html.match(/<[^>]*>/g)).toHaveLength(2);
    for (const words of [subject, html, text]) expect(words).not.toMatch(/https?:|evil\.example|victim@evil/);
  });
});

it('a code stands by itself in both forms', async () => {
  const { subject, text, html } = await render({
    template: 'mfa_oob_code',
    variables: samples.mfa_oob_code,
  });
  expect(text).toMatch(/^ {4}024681$/m);
  expect(html).toMatch(/font-size:30px[^>]*>024681</);
  expect(subject).not.toContain('024681');
  for (const fact of ['Application: Shop', 'Place: Lisbon, Portugal', 'Browser: Chrome on Windows'])
    expect(text).toContain(fact);
});
