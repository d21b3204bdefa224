import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Decimal, decimal, quantityOfMinutes } from '@stackbridge/shared-mappers/model/billing/decimal.ts';
import { lineAmount } from '@stackbridge/shared-mappers/plan/billing/totals.ts';
import { playFile } from 'stackbridge/scenarios/play-folder.ts';
import { runtimeHost } from 'stackbridge/scenarios/runtime-host.ts';

const DOCUMENT = textOf('billing.md');

function textOf(file: string): string {
  return readFileSync(join(import.meta.dirname, '../../docs', file), 'utf8');
}

/** The cells of the table that begins with this row, sums and rulers left out. */
function rowsUnder(head: string, text: string): string[][] {
  const lines = text.slice(text.indexOf(head)).split('\n').slice(2);
  return lines
    .slice(
      0,
      lines.findIndex((line) => !line.startsWith('|')),
    )
    .filter((line) => !line.startsWith('| **'))
    .map((line) => line.slice(2, -2).split(' | '));
}

function sum(amounts: readonly string[]): Decimal {
  return Decimal.sum(...amounts);
}

test('the figures of the worked example are those that are reckoned', () => {
  const rows = [...DOCUMENT.matchAll(/^\| [^|*]+, \w+ \| (.+) \|$/gm)].map(([, cells = '']) =>
    cells.split(' | '),
  );

  const reckoned = rows.map(([minutes = '', , rate = '']) => {
    const hours = quantityOfMinutes(Number(minutes));
    const { amount, taxAmount } = lineAmount(hours, rate, '10', 'exclusive');
    return [minutes, hours, rate, amount, taxAmount];
  });
  const ticket = lineAmount('1', decimal('42.10').times('1.1').toFixed(), '10', 'exclusive');

  expect(rows).toEqual(reckoned);
  expect(rows).toHaveLength(2);
  expect(DOCUMENT).toContain(`| ${ticket.amount} | ${ticket.taxAmount} |`);
  const amounts = Decimal.sum(...[...reckoned.map(([, , , amount = '']) => amount), ticket.amount]);
  const taxes = Decimal.sum(...[...reckoned.map(([, , , , tax = '']) => tax), ticket.taxAmount]);
  expect(DOCUMENT).toContain(`| **${amounts.toFixed(2)}** | **${taxes.toFixed(2)}** |`);
  expect(DOCUMENT).toContain(`The total is AUD ${amounts.plus(taxes).toFixed(2)}`);
});

test('the figures of the example of expenses are those that are reckoned', () => {
  const text = textOf('expenses.md');
  const rows = rowsUnder('| expense | amount | tax 10 % |', text);

  const reckoned = rows.map(([name = '', amount = '', , becomes = '']) => {
    const { taxAmount } = lineAmount('1', amount, '10', 'inclusive');
    return [name, amount, taxAmount, becomes];
  });
  const hotel = lineAmount('1', '187.35', '10', 'exclusive');

  expect(rows).toEqual(reckoned);
  expect(rows.map(([, amount]) => amount)).toEqual([
    '110.00',
    sum([hotel.amount, hotel.taxAmount]).toFixed(2),
  ]);
});

test('the figures of the example of invoices of the books are those that are reckoned', () => {
  const text = textOf('books-invoices.md');
  const rows = rowsUnder('| line | quantity | price |', text);

  const reckoned = rows.map(([name = '', quantity = '', price = '']) => {
    const { amount, taxAmount } = lineAmount(quantity, price, '10', 'exclusive');
    return [name, quantity, price, amount, taxAmount];
  });

  expect(rows).toEqual(reckoned);
  expect(rows).toHaveLength(2);
  const amounts = sum(reckoned.map(([, , , amount = '']) => amount));
  const taxes = sum(reckoned.map(([, , , , tax = '']) => tax));
  expect(text).toContain(`| **${amounts.toFixed(2)}** | **${taxes.toFixed(2)}** |`);
  expect(text).toContain(`The total is AUD ${amounts.plus(taxes).toFixed(2)}`);
});

test.each(['billing.md', 'expenses.md', 'books-invoices.md'])(
  'the worked example of %s passes',
  async (document) => {
    const folder = mkdtempSync(join(tmpdir(), 'billing-docs-'));
    const [, example = ''] = /```yaml\n(scenario: billing\/v1\n[\s\S]*?)```/.exec(textOf(document)) ?? [];
    const file = join(folder, 'example.yaml');
    writeFileSync(file, example);

    const { outcome, failures } = await playFile(file, 'example.yaml', runtimeHost);
    rmSync(folder, { recursive: true });

    expect({ outcome, failures }).toEqual({ outcome: 'passed', failures: [] });
  },
);
