import { expect, it } from 'vitest';
import { barcodeUri } from './barcodeUri.ts';

it('S-43 tells the ticket and where to present it, and holds no secret of codes', () => {
  const uri = barcodeUri('a-ticket_1', {
    issuer: 'Acme & Söhne: Bank',
    account: 'ann+1@example.com',
    origin: 'https://login.example.com',
  });
  expect(uri).toBe(
    'otpauth://totp/Acme%20%26%20S%C3%B6hne%3A%20Bank:ann%2B1%40example.com' +
      '?enrollment_tx_id=a-ticket_1&base_url=https%3A%2F%2Flogin.example.com%2Fappliance-mfa' +
      '&issuer=Acme%20%26%20S%C3%B6hne%3A%20Bank',
  );
  const { searchParams } = new URL(uri);
  expect(searchParams.get('issuer')).toBe('Acme & Söhne: Bank');
  expect(searchParams.has('secret')).toBe(false);
});
