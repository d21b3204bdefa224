import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Decimal, decimal, quantityOfMinutes } from '@stackbridge/shared-mappers/model/billing/decimal.ts';
import { lineAmount } from '@stackbridge/shared-mappers/plan/billing/totals.ts';
import { playFile } from 'stackbridge/scenarios/play-folder.ts';
import { runtimeHost } from 'stackbridge/scenarios/runtime-host.ts';

const DOCUMENT = readFileSync(join(import.meta.dirname, '../../docs/billing.md'), 'utf8');

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

test('the worked example passes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'billing-docs-'));
  const [, example = ''] = /```yaml\n(scenario: billing\/v1\n[\s\S]*?)```/.exec(DOCUMENT) ?? [];
  const file = join(folder, 'example.yaml');
  writeFileSync(file, example);

  const { outcome, failures } = await playFile(file, 'example.yaml', runtimeHost);
  rmSync(folder, { recursive: true });

  expect({ outcome, failures }).toEqual({ outcome: 'passed', failures: [] });
});
