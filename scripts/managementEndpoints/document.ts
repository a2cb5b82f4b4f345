import { join } from 'node:path';
import { renderTable } from './renderTable.ts';
import { sdkEndpoints } from './sdkEndpoints.ts';
import { servedEndpoints } from './servedEndpoints.ts';

const root = join(import.meta.dirname, '..', '..');

/** The document that holds the table, between two comments. */
export const documentFile = join(root, 'docs', 'compatibility.md');

const table = /(?<=<!-- management endpoints -->\n\n).*?(?=\n\n<!-- end of management endpoints -->)/s;

/** The document with the table as it has to be. */
export async function withTable(document: string): Promise<string> {
  if (!table.test(document)) throw new Error('docs/compatibility.md has no place for the endpoints.');
  const rendered = renderTable(sdkEndpoints(root), await servedEndpoints());
  return document.replace(table, () => rendered);
}
