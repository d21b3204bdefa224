import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import { answersTo } from '@stackbridge/shared-mappers/plan/billing/proposals.ts';
import type { Decision } from '@stackbridge/shared-mappers/ports/store.ts';
import { UsageError } from './usage-error.ts';

/** A person's answer to a document's proposal, one decision a document. @throws UsageError for another answer */
export function billingDecisions(
  row: Parked,
  answer: string | undefined,
  documentNumber: string | undefined,
  at: number,
): Decision[] {
  const answers = answersTo(row.code);
  if (answers.length === 0) throw new UsageError(`${row.code} has no answer to give here`, row.next);
  const known = answers.find((one) => one === answer);
  if (known === undefined) {
    const said = answer === undefined ? 'What shall become of it?' : `--answer cannot be ${answer}`;
    throw new UsageError(said, `Say ${answers.map((one) => `--answer ${one}`).join(' or ')}`);
  }
  const numbers = documentNumber === undefined ? row.fields : [documentNumber];
  const other = numbers.find((number) => !row.fields.includes(number));
  if (other !== undefined)
    throw new UsageError(`${other} is not at issue`, `At issue: ${row.fields.join(', ')}`);
  const keys = row.keyHash.split(' ');
  const seen = (number: string): string => keys[row.fields.indexOf(number)] ?? '';
  return numbers.map((field) => ({
    scope: row.scope,
    subject: row.subject,
    field,
    // The answer is to what the person saw: what is logged afterwards is asked about anew.
    take: { value: `${known} ${seen(field)}`.trim() },
    at,
  }));
}
