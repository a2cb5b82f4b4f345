import { describe, expect, it } from 'vitest';
import { readRecords, type TextRecord } from './readRecords.ts';

/** In pieces of so many bytes, which cut characters in two. */
async function read(text: string, size = 3): Promise<TextRecord[]> {
  const bytes = Buffer.from(text);
  async function* pieces() {
    for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
  }
  const records: TextRecord[] = [];
  for await (const record of readRecords(pieces())) records.push(record);
  return records;
}

describe('reading records', () => {
  it.each([
    ['[]', []],
    ['', []],
    [' \n\n ', []],
    ['[{"a":1},{"b":"],[\\"}"}]', ['{"a":1}', '{"b":"],[\\"}"}']],
    ['[ {"a":[1,{"b":2}]} , "x" ,\n 3 ]\n', ['{"a":[1,{"b":2}]}', '"x"', '3']],
    ['{"a":1}\n\n  {"b":2}  \r\n{"c":3}', ['{"a":1}', '{"b":2}', '{"c":3}']],
    ['\uFEFF[{"ü":"é🙂"}]', ['{"ü":"é🙂"}']],
    ['{"a":1,\n', ['{"a":1,']],
  ])('%j', async (text, records) => {
    for (const size of [1, 3, 1000]) {
      expect((await read(text, size)).map((record) => record.text)).toEqual(records);
    }
  });

  it('tells the line on which each begins', async () => {
    expect((await read('\n[\n{"a":\n1},\n\n{"b":2}]')).map(({ line }) => line)).toEqual([3, 6]);
    expect((await read('{"a":1}\n\n{"b":2}\n')).map(({ line }) => line)).toEqual([1, 3]);
  });

  it.each([
    ['[{"a":1}', 'Line 1: the list doesn’t end'],
    ['[\n{"a":"]', 'Line 2: the list doesn’t end'],
    ['[{"a":1}]\n{"b":2}', 'Line 2: expected nothing behind the list'],
    [`[\n{"a":"${'x'.repeat(1024 * 1024)}"}]`, 'Line 2: more than 1 MiB'],
  ])('refuses %.20j', async (text, message) => {
    await expect(read(text, 65_536)).rejects.toThrow(message);
  });
});
