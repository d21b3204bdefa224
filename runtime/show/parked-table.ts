import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import { table } from './table.ts';
import type { Terminal } from './terminal.ts';
import { moment } from './words.ts';

/** Conflicts or failures, one a row, the message on a line of its own. */
export function printParked(rows: readonly Parked[], terminal: Terminal): void {
  const { paint } = terminal;
  const drawn = table(
    [
      { title: 'key' },
      { title: 'recipe' },
      { title: 'code' },
      { title: 'fields' },
      { title: 'since (UTC)' },
      { title: 'tries', align: 'right' },
      { title: 'next try' },
    ],
    rows.map((row) => [
      row.subject,
      row.recipe,
      row.code,
      row.fields.join(', '),
      moment(row.firstAt),
      String(row.attempts),
      row.retryAt === undefined ? 'on a change' : moment(row.retryAt),
    ]),
    paint.dim,
  );
  const [head = '', ...lines] = drawn.split('\n');
  terminal.print(head);
  for (const [index, line] of lines.entries()) {
    terminal.print(line);
    terminal.print(paint.dim(`      ${rows[index]?.message ?? ''}`));
  }
}

/** The same as JSON. Times are ISO 8601. */
export function parkedAsJson(row: Parked): Record<string, unknown> {
  const { scope: _scope, keyHash: _hash, leftId, rightId, firstAt, lastAt, retryAt, subject, ...rest } = row;
  return {
    key: subject,
    ...rest,
    ...(leftId === undefined ? {} : { salesforceId: leftId }),
    ...(rightId === undefined ? {} : { mailchimpId: rightId }),
    firstAt: new Date(firstAt).toISOString(),
    lastAt: new Date(lastAt).toISOString(),
    ...(retryAt === undefined ? {} : { retryAt: new Date(retryAt).toISOString() }),
  };
}
