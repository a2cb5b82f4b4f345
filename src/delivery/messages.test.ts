import { expect, it } from 'vitest';
import { enqueueEmail } from './messages.ts';

it.each([
  'ann@example.com,bob@example.com',
  'ann@example.com\r\nBcc: bob@example.com',
  'Ann <ann@example.com>',
  'ann@example.com;bob@example.com',
  '"a b"@example.com',
  'ann',
  '',
])('S-95 refuses %j as a recipient', async (to) => {
  const email = { to, template: 'mfa_reset', variables: { at: 0 } } as const;
  await expect(enqueueEmail(undefined as never, undefined as never, () => 0, email)).rejects.toThrow(
    RangeError,
  );
});
