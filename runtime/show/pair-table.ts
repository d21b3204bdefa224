import type { FieldMap } from '@stackbridge/shared-mappers/mapping/compiled-rule.ts';
import type { SourceRecord } from '@stackbridge/shared-mappers/model/record.ts';
import { table } from './table.ts';
import type { Terminal } from './terminal.ts';
import { moment, shownValue } from './words.ts';

interface Records {
  readonly left: SourceRecord | undefined;
  readonly right: SourceRecord | undefined;
}

interface FieldOfPair {
  readonly field: string;
  readonly atIssue: boolean;
  readonly equal: boolean;
  readonly policy: string;
  /** Canonical values; absent where there is no such record. */
  readonly salesforce?: string;
  readonly mailchimp?: string;
}

/** Both records side by side; what is at issue comes first. */
export function printPair(
  records: Records,
  atIssue: readonly string[],
  map: FieldMap,
  terminal: Terminal,
): void {
  const { paint } = terminal;
  const fields = fieldsOf(records, atIssue, map).sort((a, b) => Number(b.atIssue) - Number(a.atIssue));
  const rows = fields.map(({ field, atIssue, equal, salesforce, mailchimp }) => {
    const mark = atIssue ? paint.yellow('!') : equal ? ' ' : paint.dim('≠');
    const show = atIssue ? paint.bold : (text: string) => text;
    return [mark, show(field), shown(salesforce), equal ? paint.dim('the same') : shown(mailchimp)];
  });
  terminal.print(
    table(
      [{ title: ' ' }, { title: 'field' }, { title: 'Salesforce' }, { title: 'Mailchimp' }],
      rows,
      paint.dim,
    ),
  );
  terminal.print(paint.dim(`  Salesforce: ${stateOf(records.left)}; Mailchimp: ${stateOf(records.right)}`));
}

export function pairAsJson(records: Records, atIssue: readonly string[], map: FieldMap): object {
  return {
    salesforce: recordAsJson(records.left),
    mailchimp: recordAsJson(records.right),
    fields: fieldsOf(records, atIssue, map),
  };
}

function fieldsOf({ left, right }: Records, atIssue: readonly string[], map: FieldMap): FieldOfPair[] {
  return map.rules.map((rule) => {
    const salesforce = left === undefined ? undefined : rule.read.left(left.values);
    const mailchimp = right === undefined ? undefined : rule.read.right(right.values);
    return {
      field: rule.name,
      atIssue: atIssue.includes(rule.name),
      equal: salesforce === mailchimp,
      policy: rule.policy === 'left' ? 'salesforce' : rule.policy === 'right' ? 'mailchimp' : rule.policy,
      ...(salesforce === undefined ? {} : { salesforce }),
      ...(mailchimp === undefined ? {} : { mailchimp }),
    };
  });
}

function shown(value: string | undefined): string {
  return value === undefined ? '(no record)' : shownValue(value);
}

function stateOf(record: SourceRecord | undefined): string {
  if (record === undefined) return 'no record';
  return `${record.id}, ${record.state}, changed ${moment(record.modifiedAt)} UTC`;
}

function recordAsJson(record: SourceRecord | undefined): object | null {
  if (record === undefined) return null;
  const { id, object, state, modifiedAt } = record;
  return { id, object, state, modifiedAt: new Date(modifiedAt).toISOString() };
}
