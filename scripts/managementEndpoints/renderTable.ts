import { differences } from './differences.ts';
import { type Endpoint, keyOf } from './endpoint.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** The table of endpoints for docs/compatibility.md: a row for each address, or for all that begins alike. */
export function renderTable(known: readonly Endpoint[], served: readonly Endpoint[]): string {
  const servedKeys = new Set(served.map(keyOf));
  const all = [...new Map([...known, ...served].map((one) => [keyOf(one), one])).values()];
  const families = Map.groupBy(all, ({ path }) => path.split('/')[1] ?? '');
  const rows = [...families]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([family, endpoints]) =>
      endpoints.some((one) => servedKeys.has(keyOf(one)))
        ? addressRows(endpoints, servedKeys)
        : [`| \`/${family}\`, ${countOf(endpoints)} | not built |`],
    );
  return ['| endpoint | this release |', '| --- | --- |', ...rows].join('\n');
}

function addressRows(endpoints: readonly Endpoint[], served: ReadonlySet<string>): string[] {
  const byPath = Map.groupBy(endpoints, (one) => keyOf({ ...one, method: '' }));
  return [...byPath]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, ofPath]) => [
      ...rowOf(
        ofPath.filter((one) => served.has(keyOf(one))),
        standOf,
      ),
      ...rowOf(
        ofPath.filter((one) => !served.has(keyOf(one))),
        () => 'not built',
      ),
    ]);
}

function rowOf(endpoints: readonly Endpoint[], stand: (path: string) => string): string[] {
  const [first] = endpoints;
  if (!first) return [];
  const named = methods.filter((method) => endpoints.some((one) => one.method === method)).join('`, `');
  return [`| \`${named} ${first.path}\` | ${stand(first.path)} |`];
}

function standOf(path: string): string {
  const difference = differences[path];
  return difference === undefined ? 'works' : `differs: ${difference}`;
}

function countOf({ length }: readonly Endpoint[]): string {
  return length === 1 ? 'one endpoint' : `${length} endpoints`;
}
