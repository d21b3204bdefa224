import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import { isBillingScope } from '@stackbridge/shared-mappers/sync/billing/plan-billing.ts';
import { table } from './table.ts';
import type { Terminal } from './terminal.ts';
import { count, counted, moment } from './words.ts';

/** Conflicts or failures, one a row, the message on a line of its own; the first `limit` of them. */
export function printParked(all: readonly Parked[], limit: number, terminal: Terminal): void {
  const { paint } = terminal;
  const rows = all.slice(0, limit);
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
  if (all.length > rows.length)
    terminal.print(paint.dim(`… and ${count(all.length - rows.length)} more: --limit N or --json`));
}

/** The same as JSON. Times are ISO 8601. */
export function parkedAsJson(row: Parked): Record<string, unknown> {
  const { scope, keyHash: _hash, leftId, rightId, firstAt, lastAt, retryAt, subject, ...rest } = row;
  return {
    key: subject,
    ...rest,
    ...(leftId === undefined ? {} : isBillingScope(scope) ? { zohoId: leftId } : { salesforceId: leftId }),
    ...(rightId === undefined
      ? {}
      : isBillingScope(scope)
        ? { documentNumber: rightId }
        : { mailchimpId: rightId }),
    firstAt: new Date(firstAt).toISOString(),
    lastAt: new Date(lastAt).toISOString(),
    ...(retryAt === undefined ? {} : { retryAt: new Date(retryAt).toISOString() }),
  };
}

const LABELS: Readonly<Record<Parked['kind'], string>> = {
  conflict: 'waits for a decision',
  failure: 'failed',
  terminal: 'the last word: not tried again',
};

/** One of them in full. */
export function printParkedRow(row: Parked, terminal: Terminal): void {
  const { paint } = terminal;
  terminal.print(`${paint.bold(row.code)}  ${LABELS[row.kind]}`);
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['key', row.subject],
    ['recipe', row.recipe],
    [isBillingScope(row.scope) ? 'Zoho' : 'Salesforce', row.leftId],
    [isBillingScope(row.scope) ? 'Xero' : 'Mailchimp', row.rightId],
    ['fields', row.fields.length === 0 ? undefined : row.fields.join(', ')],
    ['said', row.message],
    ['first', moment(row.firstAt)],
    ['last', `${moment(row.lastAt)}, ${counted(row.attempts, 'try', 'tries')}`],
    ['next try', row.retryAt === undefined ? 'when a record changes' : moment(row.retryAt)],
    ['what to do', row.next],
  ];
  const known = facts.flatMap(([name, fact]) => (fact === undefined ? [] : [[paint.dim(name), fact]]));
  terminal.print(table([{}, {}], known));
}
