import { expect, it } from 'vitest';
import { type Column, dataTable } from './dataTable.ts';

const columns = (...titles: string[]): Column<string>[] =>
  titles.map((title) => ({ title, cell: (row) => `${row} ${title}` }));

it('in a narrow window two columns stay beside one another, extra ones aside', () => {
  const extra = { ...columns('Address')[0], isExtra: true } as Column<string>;
  const table = String(dataTable('Browsers', [...columns('Browser', 'Last used'), extra], ['a'], 'None.'));
  expect(table).not.toContain('stacked');
  expect(table).not.toContain('role=');
});

it('the cells of more columns carry their column’s name, and stay a table to screen readers', () => {
  const table = String(dataTable('Methods', columns('Factor', 'Key', 'Removal'), ['a'], 'None.'));
  expect(table).toContain('<table class="data stacked" role="table">');
  expect(table).toContain('<th scope="row" role="rowheader">a Factor</th>');
  expect(table).toContain('role="cell" data-title="Key">a Key</td>');
  expect(table.match(/role="row"/g)).toHaveLength(2);
});
