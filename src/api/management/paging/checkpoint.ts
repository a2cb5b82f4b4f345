import { type Static, type TSchema, type TUnsafe, Type } from 'typebox';
import { invalidQuery, type Problem } from '../problem.ts';

/** Members of a query that reads on from where the page before ended. */
export const checkpointQuery = {
  from: Type.Optional(
    Type.String({ minLength: 1, maxLength: 512, description: '`next` of the page before.' }),
  ),
  take: Type.Optional(
    Type.String({ pattern: '^(?:[1-9]\\d?|100)$', description: 'At most 100; 50 when absent.' }),
  ),
};

/** What such a query holds. */
export interface CheckpointQuery {
  from?: string;
  take?: string;
}

/** Where to read on. */
export interface Checkpoint {
  /** What the last item of the page before was found by; absent on the first page. */
  after?: string;
  take: number;
}

/** The members of a `checkpointQuery`, read; a problem for a `from` that was never given out. */
export function readCheckpoint({
  from,
  take = '50',
}: CheckpointQuery): { checkpoint: Checkpoint } | { problem: Problem } {
  if (from === undefined) return { checkpoint: { take: Number(take) } };
  const after = Buffer.from(from, 'base64url').toString();
  if (nextOf(after) !== from || !/^[\x20-\x7e]+$/.test(after))
    return { problem: invalidQuery('Object didn’t pass validation for format cursor', 'from') };
  return { checkpoint: { after, take: Number(take) } };
}

/** A page in the answer. `next` is absent on the last. */
export interface CheckpointPage<Item> {
  next?: string;
  [key: string]: Item[] | string | undefined;
}

/** The form of such an answer; `key` names the list. */
export function checkpointAnswer<Item extends TSchema>(
  key: string,
  item: Item,
): TUnsafe<CheckpointPage<Static<Item>>> {
  return Type.Unsafe(Type.Object({ [key]: Type.Array(item), next: Type.Optional(Type.String()) }));
}

/**
 * The page, made of one item more than `take` where there are so many: the one too many tells that there is a next.
 * `keyOf` tells what an item is found by.
 */
export function checkpointPage<Item, Shown>(
  key: string,
  items: readonly Item[],
  { take }: Checkpoint,
  { keyOf, show }: { keyOf: (item: Item) => string; show: (item: Item) => Shown },
): CheckpointPage<Shown> {
  const page = items.slice(0, take);
  const last = page.at(-1);
  const isMore = items.length > take && last !== undefined;
  return { [key]: page.map(show), ...(isMore ? { next: nextOf(keyOf(last)) } : {}) };
}

function nextOf(key: string): string {
  return Buffer.from(key).toString('base64url');
}
