import { describe, expect, it } from 'vitest';
import { dayOf, distance, money, readCents } from './client/format.js';
import { decodeJwt } from './client/jwt.js';

describe('an amount', () => {
  it.each([
    ['25', 2500],
    ['25.00', 2500],
    ['25,5', 2550],
    [' € 0.05 ', 5],
  ])('is read from %j', (text, cents) => {
    expect(readCents(text)).toBe(cents);
  });

  it.each(['', '0', '0.00', '-5', '1.234', 'ten', '1e3', '12345678'])('is not read from %j', (text) => {
    expect(readCents(text)).toBeUndefined();
  });

  it('is written with its currency', () => {
    expect(money(481_250)).toBe('€4,812.50');
    expect(money(-420)).toBe('-€4.20');
  });
});

describe('a moment', () => {
  const noon = new Date(2026, 0, 15, 12).getTime();
  const hour = 3_600_000;

  it('is told by its day', () => {
    expect(dayOf(noon - hour, noon)).toBe('Today');
    expect(dayOf(noon - 24 * hour, noon)).toBe('Yesterday');
    expect(dayOf(noon - 72 * hour, noon)).toBe('12 Jan');
  });

  it('is told by its distance', () => {
    expect(distance(noon + 2000, noon)).toBe('just now');
    expect(distance(noon - 60_000, noon)).toBe('60 seconds ago');
    expect(distance(noon + 15 * 60_000, noon)).toBe('in 15 minutes');
    expect(distance(noon + 10 * hour, noon)).toBe('in 10 hours');
    expect(distance(noon - 72 * hour, noon)).toBe('3 days ago');
  });
});

describe('a token', () => {
  it('is decoded, with letters beyond ASCII', () => {
    const payload = Buffer.from(JSON.stringify({ name: 'Zoë Łuk ✓>?' })).toString('base64url');
    expect(decodeJwt(`e30.${payload}.sig`)).toEqual({ name: 'Zoë Łuk ✓>?' });
  });

  it.each(['opaque', 'a.b', 'a.!!.c', ''])('is left alone when it is opaque: %j', (token) => {
    expect(decodeJwt(token)).toBeUndefined();
  });
});
