import { expect, it } from 'vitest';
import { smsSegments } from './smsSegments.ts';

it.each([
  ['', 'GSM-7', 0, 1],
  ['a'.repeat(160), 'GSM-7', 160, 1],
  ['a'.repeat(161), 'GSM-7', 161, 2],
  ['a'.repeat(306), 'GSM-7', 306, 2],
  ['a'.repeat(307), 'GSM-7', 307, 3],
  ['äöüßéàñ@£', 'GSM-7', 9, 1],
  ['[€]', 'GSM-7', 6, 1],
  [`${'é'.repeat(159)}€`, 'GSM-7', 161, 2],
  ['ó', 'UCS-2', 1, 1],
  ['码'.repeat(70), 'UCS-2', 70, 1],
  ['码'.repeat(71), 'UCS-2', 71, 2],
  ['😀', 'UCS-2', 2, 1],
])('counts %.20j as the networks do', (text, encoding, units, segments) => {
  expect(smsSegments(text)).toEqual({ encoding, units, segments });
});
