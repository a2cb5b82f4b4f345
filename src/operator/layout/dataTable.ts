import { type Fragment, html, type Markup } from '../../ui/html.ts';

/** One column of a table and how a row fills it. */
export interface Column<Row> {
  title: string;
  cell(row: Row): Fragment;
  /** Left out where the window is narrow: the row's own page has it. */
  isExtra?: boolean;
}

/** Rows under named columns; the first column names the row. `empty` is said where there are none. */
export function dataTable<Row>(
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  empty: string,
): Markup {
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`;
  const classOf = ({ isExtra }: Column<Row>) => (isExtra ? 'extra' : 'always');
  const head = columns.map((column) => html`<th scope="col" class="${classOf(column)}">${column.title}</th>`);
  const body = rows.map((row) => {
    const cells = columns.map((column, position) =>
      position === 0
        ? html`<th scope="row">${column.cell(row)}</th>`
        : html`<td class="${classOf(column)}">${column.cell(row)}</td>`,
    );
    return html`<tr>${cells}</tr>`;
  });
  return html`<table class="data"><caption class="unseen">${caption}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}
