import { type Static, type TSchema, type TUnsafe, Type } from 'typebox';

/** Members of a query that asks for a page by its number. */
export const offsetQuery = {
  page: Type.Optional(Type.String({ pattern: '^\\d{1,6}$', description: 'Counted from 0.' })),
  per_page: Type.Optional(
    Type.String({ pattern: '^(?:[1-9]\\d?|100)$', description: 'At most 100; 50 when absent.' }),
  ),
  include_totals: Type.Optional(
    Type.Union([Type.Literal('true'), Type.Literal('false')], {
      description: 'Whether the answer is an object that tells how many there are, not a bare list.',
    }),
  ),
};

/** What such a query holds. */
export interface OffsetQuery {
  page?: string;
  per_page?: string;
  include_totals?: 'true' | 'false';
}

/** Which page was asked for. */
export interface Offset {
  /** How many come before it. */
  start: number;
  /** How many it holds at most. */
  limit: number;
  includesTotals: boolean;
}

/** The members of an `offsetQuery`, read. */
export function readOffset({ page = '0', per_page = '50', include_totals }: OffsetQuery): Offset {
  const limit = Number(per_page);
  return { start: Number(page) * limit, limit, includesTotals: include_totals === 'true' };
}

/** A page in the answer: a bare list, or what tells how many there are beside. */
export type OffsetPage<Item> =
  | Item[]
  | { start: number; limit: number; length: number; total: number; [key: string]: number | Item[] };

/** The form of such an answer; `key` names the list in the object. */
export function offsetAnswer<Item extends TSchema>(
  key: string,
  item: Item,
): TUnsafe<OffsetPage<Static<Item>>> {
  const page = Type.Object({
    start: Type.Integer(),
    limit: Type.Integer(),
    length: Type.Integer({ description: 'Of this page.' }),
    total: Type.Integer({ description: 'Of all pages.' }),
    [key]: Type.Array(item),
  });
  return Type.Unsafe(Type.Union([Type.Array(item), page]));
}

/** The page as it was asked for. `total` counts all there are, since clients trust it. */
export function offsetPage<Item>(
  key: string,
  items: Item[],
  total: number,
  { start, limit, includesTotals }: Offset,
): OffsetPage<Item> {
  return includesTotals ? { start, limit, length: items.length, total, [key]: items } : items;
}
