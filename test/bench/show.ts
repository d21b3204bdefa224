import { cpus, totalmem } from 'node:os';
import { table } from 'stackbridge/show/table.ts';
import type { Measurement } from './measurement.ts';

/** The rows as people read them, under the machine they were measured on. */
export function asTable(rows: readonly Measurement[]): string {
  const columns = [
    { title: '' },
    { title: 'measured' },
    { title: 'value', align: 'right' },
    { title: 'least … most', align: 'right' },
    { title: 'floor', align: 'right' },
    { title: 'value/floor', align: 'right' },
    { title: 'target', align: 'right' },
  ] as const;
  const lines = rows.map((row) => [
    row.target === undefined ? ' ' : row.ok ? '✓' : '✗',
    row.what,
    `${figure(row.value)} ${row.unit}`,
    row.min === undefined || row.max === undefined ? '' : `${figure(row.min)} … ${figure(row.max)}`,
    row.floor === undefined ? '' : figure(row.floor),
    row.floor === undefined ? '' : `${(row.value / row.floor).toFixed(2)}`,
    row.target === undefined ? '' : `${row.good === 'at least' ? '≥' : '≤'} ${figure(row.target)}`,
  ]);
  return `${machine()}\n\n${table(columns, lines)}`;
}

/** One object a row; keys are added, never renamed. */
export function asJson(rows: readonly Measurement[]): string {
  return JSON.stringify(rows, undefined, 2);
}

function machine(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${cpus().length} × ${cpu?.model.trim()}, ${memory} GiB`;
}

function figure(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 100 ? 2 : 0 });
}
