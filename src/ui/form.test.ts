import { describe, expect, it } from 'vitest';
import { errorSummary, form, textField } from './form.ts';

const field = {
  name: 'password',
  label: 'Password',
  type: 'password',
  autocomplete: 'current-password',
  hint: 'Your own',
} as const;

describe('a field', () => {
  it('ties label, hint and error to the input', () => {
    const markup = textField(field, [{ field: 'password', text: 'Too short.' }]).toString();
    expect(markup).toContain('<label for="password">Password</label>');
    expect(markup).toContain('aria-describedby="password-hint password-error"');
    expect(markup).toContain('aria-invalid="true"');
    expect(markup).toContain('id="password-error"');
  });

  it('leaves the cursor to the error summary', () => {
    const first = { ...field, isFirst: true };
    expect(textField(first, []).toString()).toContain('autofocus');
    expect(textField(first, [{ field: 'other', text: 'Wrong.' }]).toString()).not.toContain('autofocus');
  });

  it('S-88 escapes what a person typed', () => {
    const markup = textField({ ...field, value: '"><script>alert(1)</script>' }, []).toString();
    expect(markup).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"');
  });
});

it('an error summary links to the fields and is read out', () => {
  const summary = errorSummary('Please check', [{ field: 'email', text: 'Enter it.' }, { text: 'Later.' }]);
  expect(summary?.toString()).toContain('role="alert"');
  expect(summary?.toString()).toContain('<a href="#email">Enter it.</a>');
  expect(summary?.toString()).toContain('<li>Later.</li>');
  expect(errorSummary('Please check', [])).toBeUndefined();
});

it('a form carries its hidden fields and leaves checking to the server', () => {
  const markup = form({ action: '/u/login?state=a&b', hidden: { csrf: '"x"' } }, 'step', 'text').toString();
  expect(markup).toContain('action="/u/login?state=a&amp;b"');
  expect(markup).toContain('<input type="hidden" name="csrf" value="&quot;x&quot;">');
  expect(markup).toContain('novalidate');
});
