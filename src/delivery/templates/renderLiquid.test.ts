import { describe, expect, it } from 'vitest';
import { liquidWords } from './liquidEnvironment.ts';
import { renderHtml, renderPlain } from './renderLiquid.ts';

const values = { code: '123456', name: '<b>"Ann"</b>', tenant: { friendly_name: 'Acme' }, list: ['a', 'b'] };

it('fills in what Auth0’s templates ask for', () => {
  const source = '{% if code contains "12" %}{{ tenant.friendly_name | upcase }}{% else %}no{% endif %}';
  expect(renderPlain(source, values)).toBe('ACME');
});

describe('S-88 a template reaches nothing but its values', () => {
  it.each([
    '{{ constructor }}',
    '{{ __proto__ }}',
    '{{ toString }}',
    '{{ code.constructor }}',
    '{{ tenant.__proto__ }}',
    '{{ tenant.constructor.name }}',
    '{{ tenant["__proto__"]["toString"] }}',
    '{{ list.constructor }}',
    '{{ process }}',
    '{{ globalThis }}',
    '{{ env }}',
  ])('%s', (source) => {
    expect(() => renderPlain(source, values)).toThrow(/undefined variable/);
    expect(() => renderHtml(source, values)).toThrow(/undefined variable/);
  });

  it.each(['include', 'render', 'layout', 'block', 'liquid'])('no tag %s', (tag) => {
    expect(() => renderPlain(`{% ${tag} "/etc/hostname" %}`, values)).toThrow(/not found/);
  });

  it.each(['raw', 'json', 'jsonify', 'inspect', 'where_exp', 'sha256', 'hmac_sha256', 'base64_decode'])(
    'no filter %s',
    (filter) => {
      expect(() => renderHtml(`{{ name | ${filter} }}`, values)).toThrow(/undefined filter/);
    },
  );

  it('knows just the words of its list', () => {
    for (const filter of liquidWords.filters)
      expect(() => renderPlain(`{{ 1 | ${filter}: 1 }}`, values)).not.toThrow(/undefined filter/);
    expect(liquidWords.tags).not.toContain('include');
  });
});

describe('S-95 values are escaped in HTML', () => {
  const escaped = '&lt;b&gt;&#34;Ann&#34;&lt;/b&gt;';

  it.each([
    '{{ name }}',
    '{{ name | escape }}',
    '{% echo name %}',
    '{% cycle name, "x" %}',
    '{% for i in (1..1) %}{{ name }}{% endfor %}',
    '{% tablerow i in (1..1) %}{{ name }}{% endtablerow %}',
    '{% assign x = name %}{{ x }}',
  ])('%s', (source) => {
    expect(renderHtml(source, values)).toContain(escaped);
    expect(renderHtml(source, values)).not.toContain('<b>');
  });

  it.each(['{% capture x %}{{ name }}{% endcapture %}{{ x }}', '{{ name | escape | append: name }}'])(
    '%s rather twice than never',
    (source) => {
      expect(renderHtml(source, values)).not.toContain('<b>');
    },
  );
});

describe('a template has bounds', () => {
  it.each([
    ['memory', '{% for i in (1..100000000) %}x{% endfor %}'],
    ['memory', '{% assign x = "aaaaaaaa" %}{% for i in (1..40) %}{% assign x = x | append: x %}{% endfor %}'],
    ['memory', '{{ "now" | date: "%999999999Y" }}'],
    ['render', '{% for i in (1..9000) %}{% for j in (1..9000) %}{% assign x = j %}{% endfor %}{% endfor %}'],
    ['parse', 'x'.repeat(100_001)],
  ])('of %s: %.60s', (limit, source) => {
    expect(() => renderPlain(source, values)).toThrow(new RegExp(`${limit}.*limit|limit`));
  });

  it('of its result', () => {
    const source = `{% for i in (1..500) %}${'x'.repeat(500)}{% endfor %}`;
    expect(() => renderPlain(source, values)).toThrow(RangeError);
  });
});
