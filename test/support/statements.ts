import type { KyselyPlugin } from 'kysely';
import type { Database } from '../../src/database/database.ts';

/** A database that notes the text of every statement, without its values, in the order they are asked for. */
export function recordStatements(database: Database): { database: Database; take(): string[] } {
  let statements: string[] = [];
  const recorder: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      statements.push(database.db.getExecutor().compileQuery(node, queryId).sql);
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  return {
    database: {
      ...database,
      db: database.db.withPlugin(recorder),
      transaction: (work) => database.transaction((trx) => work(trx.withPlugin(recorder))),
    },
    /** What was noted since the last call. */
    take() {
      const taken = statements;
      statements = [];
      return taken;
    },
  };
}
