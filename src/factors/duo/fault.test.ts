import { expect, it } from 'vitest';
import { asWord, readFault } from './fault.ts';

const thrown = (message: string, inner?: object) => Object.assign(new Error(message), { inner });

it.each([
  [thrown('x', { code: 'ECONNREFUSED' }), { isOutage: true, detail: 'ECONNREFUSED' }],
  [thrown('x', { code: 'timeout' }), { isOutage: true, detail: 'timeout' }],
  [thrown('x', { status: 502 }), { isOutage: true, detail: 'status_502' }],
  [thrown('x', { code: 'CERT_HAS_EXPIRED' }), { isOutage: false, detail: 'CERT_HAS_EXPIRED' }],
  [thrown('x', { code: 'private_address' }), { isOutage: false, detail: 'private_address' }],
  [thrown('invalid_client: Failed', { status: 400 }), { isOutage: false, detail: 'invalid_client' }],
  [thrown('The Client ID is invalid'), { isOutage: false, detail: 'the_client_id_is_invalid' }],
])('S-93 takes only silence for an outage: %o', (error, fault) => {
  expect(readFault(error)).toEqual(fault);
});

it.each([
  ['access_denied', 'access_denied'],
  ['a\r\nforged line', 'a_forged_line'],
  ['<script>alert(1)</script>', 'script_alert_1_script'],
  ['', 'malformed_answer'],
  ['x'.repeat(500), 'x'.repeat(60)],
])('keeps a word of what others say', (text, word) => {
  expect(asWord(text)).toBe(word);
});
