import { describe, expect, it } from 'vitest';
import { type Checkpoint, checkpointPage, readCheckpoint } from './checkpoint.ts';
import { offsetPage, readOffset } from './offset.ts';

describe('pages by number', () => {
  it('begin at 0 and hold 50', () => {
    expect(readOffset({})).toEqual({ start: 0, limit: 50, includesTotals: false });
    expect(readOffset({ page: '2', per_page: '10', include_totals: 'true' })).toEqual({
      start: 20,
      limit: 10,
      includesTotals: true,
    });
  });

  it('are a bare list, or tell how many there are', () => {
    const asked = { start: 4, limit: 2, includesTotals: false };
    expect(offsetPage('users', ['ann'], 5, asked)).toEqual(['ann']);
    expect(offsetPage('users', ['ann'], 5, { ...asked, includesTotals: true })).toEqual({
      start: 4,
      limit: 2,
      length: 1,
      total: 5,
      users: ['ann'],
    });
  });
});

describe('pages by a cursor', () => {
  const all = ['a', 'b', 'c', 'd', 'e'];
  const pageAfter = ({ after = '', take }: Checkpoint) => all.filter((id) => id > after).slice(0, take + 1);
  const by = { keyOf: (id: string) => id, show: (id: string) => id.toUpperCase() };

  it('read everything once, and the last names no next', () => {
    const seen: unknown[] = [];
    let from: string | undefined;
    do {
      const read = readCheckpoint({ take: '2', ...(from === undefined ? {} : { from }) });
      if ('problem' in read) throw new Error(read.problem.message);
      const page = checkpointPage('items', pageAfter(read.checkpoint), read.checkpoint, by);
      seen.push(page.items);
      from = page.next;
      expect('next' in page).toBe(seen.length < 3);
    } while (from !== undefined);
    expect(seen).toEqual([['A', 'B'], ['C', 'D'], ['E']]);
  });

  it.each(['nonsense!', 'YQ==', 'AA', '/w'])(
    'S-13 a cursor %j that was never given out is refused',
    (from) => {
      expect(readCheckpoint({ from })).toMatchObject({
        problem: { status: 400, errorCode: 'invalid_query_string' },
      });
    },
  );
});
