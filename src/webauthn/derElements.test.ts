import { expect, it } from 'vitest';
import { readDerElements } from './derElements.ts';

const bytes = (hex: string) => Buffer.from(hex, 'hex');

it('splits bytes into elements, with long tags and lengths', () => {
  expect(readDerElements(Buffer.alloc(0))).toEqual([]);
  expect(readDerElements(bytes('020105bf853e03020100'))).toEqual([
    { tag: 2, isContextual: false, content: bytes('05') },
    { tag: 702, isContextual: true, content: bytes('020100') },
  ]);
  const long = Buffer.alloc(300, 7);
  expect(readDerElements(Buffer.concat([bytes('0482012c'), long]))).toEqual([
    { tag: 4, isContextual: false, content: long },
  ]);
});

it.each(['02', '0205', '020201', '1f', 'bf85', '0482', '048201', '0487ffffffffffffff'])(
  '%s is no whole element',
  (hex) => {
    expect(() => readDerElements(bytes(hex))).toThrow(RangeError);
  },
);
