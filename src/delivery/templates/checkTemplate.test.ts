import { describe, expect, it } from 'vitest';
import { checkTemplate, faultText } from './checkTemplate.ts';
import { emailLanguages } from './emailTexts.ts';
import { ownParts } from './ownParts.ts';
import { previewTemplate } from './previewTemplate.ts';
import { findTemplateKey, type TemplateKey, templateKeys } from './templateKey.ts';
import { templateVariables } from './templateVariables.ts';

const sms: TemplateKey = { channel: 'sms', name: 'verification' };
const faultsOf = async (key: TemplateKey, parts: Parameters<typeof checkTemplate>[1]) =>
  (await checkTemplate(key, parts)).map(faultText);

describe('what is wrong with a template is named with its place', () => {
  it.each([
    ['{{ code | shout }}', 'text, line 1, column 1: unknown filter "shout"'],
    ['Hello\n  {% include "x" %}', 'text, line 2, column 3: unknown tag "include"'],
    ['{% if code %}{{ code }}', 'text, line 1, column 1: tag {% if code %} not closed'],
    ['Hi\n{{ code', 'text, line 2, column 1: output "{{ code" not closed'],
    ['{{ code }}\n{{ cod }}', 'text, line 2, column 4: unknown variable "cod"; there is code'],
    ['Hello', 'text: the message lacks its code: {{ code }}'],
    ['  ', 'text: it is empty'],
    ['x'.repeat(4001), 'text: it is longer than 4000 characters'],
    [
      '{{ code }}{% for i in (1..99999999) %}.{% endfor %}',
      'text, line 1, column 11: memory alloc limit exceeded',
    ],
  ])('%.40j', async (text, fault) => {
    expect(await faultsOf(sms, { text })).toEqual([fault]);
  });

  it('tells all unknown names at once, and what there is instead', async () => {
    const faults = await faultsOf(sms, { text: '{{ code }}{{ tenant }}\n{{ user.password }}{{ pause }}' });
    expect(faults).toEqual([
      'text, line 1, column 14: unknown variable "tenant"; there is tenant.friendly_name, tenant.friendlyName',
      'text, line 2, column 4: unknown variable "user.password"',
      'text, line 2, column 23: unknown variable "pause"',
    ]);
  });

  it.each(['code.constructor', '__proto__', 'request_info[code]', 'request_info', 'facts[0].label'])(
    'S-88 %s is no variable',
    async (variable) => {
      expect((await faultsOf(sms, { text: `{{ code }}{{ ${variable} }}` }))[0]).toContain('unknown variable');
    },
  );

  it('knows what a template names itself', async () => {
    const text =
      '{% assign x = code %}{% for i in (1..2) %}{{ forloop.index }}{{ x }}{{ i }}{% endfor %}{{ code.size }}';
    expect(await faultsOf(sms, { text })).toEqual([]);
  });

  it('wants both parts of an e-mail, and its link', async () => {
    const key: TemplateKey = { channel: 'email', name: 'reset_email' };
    expect(await faultsOf(key, {})).toEqual(['subject: it is empty', 'html: it is empty']);
    expect(await faultsOf(key, { subject: 'Hi', html: '<p>Hello</p>' })).toEqual([
      'html: the message lacks its link: {{ url }}',
    ]);
    expect(
      await faultsOf(key, { subject: 'Hi', html: '<a href="{{ url }}">Go</a>', text: '{{ url }}' }),
    ).toEqual([]);
  });

  it('takes a sender that is one address, with a name or without', async () => {
    const key: TemplateKey = { channel: 'email', name: 'reset_email' };
    const rest = { subject: 'Hi', html: '{{ url }}' };
    for (const from of ['a@acme.example', 'Acme <a@acme.example>', '{{ friendly_name }} <a@acme.example>']) {
      expect(await faultsOf(key, { ...rest, from })).toEqual([]);
    }
    const expected = 'from: expected an address, or a name and an address: Example <login@example.com>';
    for (const from of [
      'Acme',
      'a@acme.example, b@acme.example',
      'Acme\n<a@acme.example>',
      '{{ friendly_name }}',
    ]) {
      expect(await faultsOf(key, { ...rest, from })).toEqual([expected]);
    }
    expect(await faultsOf(key, { ...rest, from: '{{ sender }} <a@acme.example>' })).toEqual([
      'from, line 1, column 4: unknown variable "sender"',
    ]);
  });

  it.each(['user.email', 'locale', 'request_info.ip', 'code', 'facts', 'requestInfo.lang'])(
    'S-95 takes no sender with %s, which is not the operator’s own',
    async (variable) => {
      const key: TemplateKey = { channel: 'email', name: 'mfa_oob_code' };
      const rest = { subject: 'Hi', html: '{{ code }}' };
      for (const from of [`{{ ${variable} }}`, `{{ ${variable} }} <a@acme.example>`]) {
        const [fault] = await faultsOf(key, { ...rest, from });
        expect(fault).toContain(`from, line 1, column 4: unknown variable "${variable}"`);
      }
    },
  );

  it('S-95 takes no sender that a tag puts a line end into', async () => {
    const key: TemplateKey = { channel: 'email', name: 'mfa_oob_code' };
    const rest = { subject: 'Hi', html: '{{ code }}' };
    for (const from of [
      'X <a@acme.example>{{ "\n" }}Bcc: b@acme.example',
      '{% capture n %}\n{% endcapture %}A{{ n }}B <a@acme.example>',
    ]) {
      expect(await faultsOf(key, { ...rest, from })).toEqual([
        'from: expected an address, or a name and an address: Example <login@example.com>',
      ]);
    }
  });

  it('takes the names of tenant and application, and the support address, in a sender', async () => {
    const key: TemplateKey = { channel: 'email', name: 'mfa_oob_code' };
    const rest = { subject: 'Hi', html: '{{ code }}' };
    const from = '{{ application.name }} {{ tenant.friendly_name }} {{ language }} <{{ support_email }}>';
    expect(await faultsOf(key, { ...rest, from })).toEqual([]);
  });
});

it.each(templateKeys)('our own $channel $name passes, and has a preview, in every language', async (key) => {
  for (const language of emailLanguages) {
    expect(await checkTemplate(key, ownParts(key, language))).toEqual([]);
    const options = { publicUrl: 'https://login.example.com/', sender: { friendlyName: 'Acme' }, language };
    const preview = JSON.stringify(await previewTemplate(key, undefined, options));
    expect(preview).not.toMatch(/\{\{|undefined|\[object/);
  }
});

it.each(templateKeys)('every variable listed for $channel $name can be used', async (key) => {
  const uses = templateVariables(key)
    .filter(({ name }) => name !== 'subject')
    .map(({ name, items }) =>
      items ? `{% for x in ${name} %}{{ x.${items[0]} }}{% endfor %}` : `{{ ${name} }}`,
    )
    .join(' ');
  const parts = key.channel === 'email' ? { subject: 'Hello', html: uses, text: uses } : { text: uses };
  expect(await checkTemplate(key, parts)).toEqual([]);
});

it('knows a message by its names', () => {
  expect(findTemplateKey('sms', 'verification')).toEqual(sms);
  expect(findTemplateKey('sms', 'reset_email')).toBeUndefined();
  expect(findTemplateKey('email', 'constructor')).toBeUndefined();
});
