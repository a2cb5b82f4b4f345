import { expect, it } from 'vitest';
import { createOutput, formatTable } from './output.ts';

const countries = Array.from({ length: 15 }, (_, i) => `C${i}`);

it('keeps a table readable: a long list is told by its beginning and how much more there is', () => {
  expect(formatTable([{ countries, few: ['DE', 'AT'], none: [] }], ['countries', 'few', 'none'], '')).toBe(
    'countries                                                    few     none\n' +
      'C0, C1, C2, C3, C4, C5, C6, C7, C8, C9, C10, C11 and 3 more  DE, AT  –',
  );
});

it('gives programs the whole of it', () => {
  const lines: string[] = [];
  createOutput({ out: (text: string) => lines.push(text), err: () => {} } as never, true).print({
    countries,
  });
  expect(JSON.parse(lines.join(''))).toEqual({ countries });
});
