import type { Compilable, CompiledQuery, QueryResult } from 'kysely';
import type { Db } from './database.ts';

type Parameter = string | number | null;
type Parameters = Readonly<Record<string, Parameter | readonly Parameter[] | undefined>>;

/** A query that was written once and runs with other parameters each time. */
export interface Statement<P, Row> {
  all(db: Db, parameters: P): Promise<Row[]>;
  /** The first row, if there is one. */
  first(db: Db, parameters: P): Promise<Row | undefined>;
  /** The number of rows that it inserted, changed or deleted. */
  run(db: Db, parameters: P): Promise<number>;
}

/**
 * Keeps the SQL of a query, so that the query builder works once and not at every run: for what each
 * request does. The SQL is made anew for each database engine, for each set of parameters that are given
 * (not `undefined`), and for each length of a list.
 *
 * `build` sees a placeholder for each parameter that is given. It may hand them on as values and ask whether
 * one is given, and nothing else: what computes or compares does so before.
 *
 * @example
 * const userById = statement((db, { id }: { id: string }) =>
 *   db.selectFrom('users').selectAll().where('id', '=', id),
 * );
 * const user = await userById.first(trx, { id: 'auth0|1' });
 */
export function statement<P extends Parameters, Row>(
  build: (db: Db, parameters: P) => Compilable<Row>,
): Statement<P, Row> {
  /** By the engine's adapter, which all transactions of a database share, and by shape. */
  const kept = new WeakMap<object, Map<string, CompiledQuery>>();

  function templateFor(db: Db, parameters: P): CompiledQuery {
    const { adapter } = db.getExecutor();
    const templates = kept.get(adapter) ?? new Map<string, CompiledQuery>();
    kept.set(adapter, templates);
    const shape = shapeOf(parameters);
    let template = templates.get(shape);
    if (!template) {
      template = build(db, placeholdersFor(parameters)).compile();
      templates.set(shape, template);
    }
    return template;
  }

  async function execute(db: Db, parameters: P): Promise<QueryResult<Row>> {
    const executor = db.getExecutor();
    // Plugins are to see each query as it is.
    if (executor.plugins.length > 0) return db.executeQuery(build(db, parameters).compile());
    const template = templateFor(db, parameters);
    const values = template.parameters.map((value) =>
      value instanceof Placeholder ? value.valueIn(parameters) : value,
    );
    const query = { ...template, parameters: values };
    return executor.provideConnection((connection) => connection.executeQuery<Row>(query));
  }

  return {
    all: async (db, parameters) => (await execute(db, parameters)).rows,
    first: async (db, parameters) => (await execute(db, parameters)).rows[0],
    run: async (db, parameters) => Number((await execute(db, parameters)).numAffectedRows ?? 0),
  };
}

/** Stands for a parameter, or one item of a list, while the SQL is made. */
class Placeholder {
  readonly #name: string;
  readonly #index: number | undefined;

  constructor(name: string, index?: number) {
    this.#name = name;
    this.#index = index;
  }

  valueIn(parameters: Parameters): unknown {
    const value = parameters[this.#name];
    return this.#index === undefined ? value : (value as readonly Parameter[])[this.#index];
  }

  [Symbol.toPrimitive](): never {
    throw new TypeError(`The parameter ${this.#name} has no value while the SQL is made.`);
  }
}

function placeholdersFor<P extends Parameters>(parameters: P): P {
  const entries = Object.entries(parameters)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map((_, index) => new Placeholder(name, index)) : new Placeholder(name),
    ]);
  return Object.fromEntries(entries) as P;
}

function shapeOf(parameters: Parameters): string {
  let shape = '';
  for (const name in parameters) {
    const value = parameters[name];
    if (value === undefined) continue;
    shape += Array.isArray(value) ? `${name}[${value.length}],` : `${name},`;
  }
  return shape;
}
