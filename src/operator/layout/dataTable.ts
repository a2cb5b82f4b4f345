import { type Fragment, html, type Markup } from '../../ui/html.ts';

/** One column of a table and how a row fills it. */
export interface Column<Row> {
  title: string;
  cell(row: Row): Fragment;
  /** Left out where the window is narrow: the row's own page has it. */
  isExtra?: boolean;
}

/** Columns that stand side by side in a narrow window. */
const mostBeside = 2;

/**
 * Rows under named columns; the first column names the row. `empty` is said where there are none. In a narrow
 * window the cells of more than two columns stand below one another, each with its column's name.
 */
export function dataTable<Row>(
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  empty: string,
): Markup {
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`;
  const classOf = ({ isExtra }: Column<Row>) => (isExtra ? 'extra' : 'always');
  const isStacked = columns.filter(({ isExtra }) => !isExtra).length > mostBeside;
  // What isn't laid out as a table is none to screen readers either, unless it says so.
  const role = (name: string) => isStacked && html` role="${name}"`;
  const head = columns.map(
    (column) => html`<th scope="col" class="${classOf(column)}"${role('columnheader')}>${column.title}</th>`,
  );
  const body = rows.map((row) => {
    const cells = columns.map((column, position) =>
      position === 0
        ? html`<th scope="row"${role('rowheader')}>${column.cell(row)}</th>`
        : html`<td class="${classOf(column)}"${role('cell')}${isStacked && html` data-title="${column.title}"`}>${column.cell(row)}</td>`,
    );
    return html`<tr${role('row')}>${cells}</tr>`;
  });
  return html`<table class="data${isStacked && ' stacked'}"${role('table')}><caption class="unseen">${caption}</caption><thead${role('rowgroup')}><tr${role('row')}>${head}</tr></thead><tbody${role('rowgroup')}>${body}</tbody></table>`;
}
