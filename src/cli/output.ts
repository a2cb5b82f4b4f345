import type { CommandIo } from './commandIo.ts';

/** How a command answers: one JSON document for programs, or text for people. */
export interface Output {
  /** Prints the document; people read `text` instead, by default the document's members line by line. */
  print(document: object, text?: string): void;
  /** Tells people something beside the answer. */
  note(text: string): void;
}

export function createOutput(io: CommandIo, isJson: boolean): Output {
  if (isJson) {
    return { print: (document) => io.out(JSON.stringify(document, null, 2)), note: () => {} };
  }
  return { print: (document, text) => io.out(text ?? formatRecord(document)), note: io.err };
}

/** One member a line, values in a column. */
export function formatRecord(record: object): string {
  const entries = Object.entries(record).filter(([, value]) => value !== undefined);
  const width = Math.max(...entries.map(([name]) => name.length));
  return entries.map(([name, value]) => `${name.padEnd(width)}  ${formatValue(value)}`).join('\n');
}

/** The named members of each record as columns, with their names above. */
export function formatTable(records: readonly object[], columns: readonly string[], empty: string): string {
  if (records.length === 0) return empty;
  const rows = records.map((record) =>
    columns.map((column) => formatValue((record as Record<string, unknown>)[column])),
  );
  const widths = columns.map((column, i) =>
    Math.max(column.length, ...rows.map((row) => row[i]?.length ?? 0)),
  );
  return [columns, ...rows]
    .map((cells) =>
      cells
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function formatValue(value: unknown): string {
  if (value === undefined || value === null) return '–';
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return formatList(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** So many of a long list that a table stays readable. */
const mostShown = 12;

function formatList(items: readonly string[]): string {
  const more = items.length - mostShown;
  return more > 0 ? `${items.slice(0, mostShown).join(', ')} and ${more} more` : items.join(', ') || '–';
}
