import type { ErrorCode } from '../../errors/codes.ts';
import type { LineSource } from '../../model/billing/document.ts';
import { type FingerprintKey, fingerprint } from '../../model/fingerprint.ts';
import { clock } from './clock.ts';
import type { BillingAnswer } from './decision.ts';
import type { Proposal } from './document-plan.ts';
import { measureOf, sourceKey } from './source-key.ts';
import type { SubjectDocument } from './subject-documents.ts';
import type { TimeConflict } from './time-plan.ts';

/** Tells one difference of a document from another. */
export function differenceKey(key: FingerprintKey, difference: readonly LineSource[]): string {
  const parts = difference.map((source) => `${sourceKey(source)} ${measureOf(source).toFixed()}`);
  return fingerprint(key, JSON.stringify(parts.sort()));
}

/** What a person is asked about a document that is not ours to write. */
export function proposalFor(
  { number, held }: Pick<SubjectDocument, 'number' | 'held'>,
  difference: readonly LineSource[],
  code: Proposal['code'],
  key: FingerprintKey,
): Proposal {
  const message = `${number}${held === undefined ? '' : ` (${held.status})`}: ${MESSAGES[code]}${inWords(difference)}`;
  return {
    documentNumber: number,
    code,
    message,
    key: differenceKey(key, difference),
    difference,
    answers: ANSWERS[code],
  };
}

/** What a person may answer to a conflict of this code. */
export function answersTo(code: ErrorCode): readonly BillingAnswer[] {
  const known: Partial<Record<ErrorCode, readonly BillingAnswer[]>> = { ...ANSWERS, ...TIME_ANSWERS };
  return known[code] ?? [];
}

const ANSWERS: Readonly<Record<Proposal['code'], readonly BillingAnswer[]>> = {
  DOCUMENT_CLOSED: ['next-invoice', 'settled'],
  DOCUMENT_CHANGED_BY_PERSON: ['next-invoice', 'settled'],
  DOCUMENT_VOIDED: ['free', 'settled'],
  DOCUMENT_EMPTY: [],
  DOCUMENT_UNKNOWN: ['next-invoice', 'settled'],
  EXPENSE_CHARGED: ['free'],
  LINK_NOT_DUE: ['free'],
};

/** What a person may answer about a time entry or a timesheet. */
export const TIME_ANSWERS: Readonly<Record<TimeConflict, readonly BillingAnswer[]>> = {
  TIME_ENTRY_CLOSED: ['settled'],
  TIME_ENTRY_CHANGED: ['settled'],
  TIME_ENTRY_GONE: ['free', 'settled'],
  TIMESHEET_CLOSED: ['settled'],
  TIMESHEET_CHANGED: ['settled'],
  TIMESHEET_GONE: ['free', 'settled'],
};

const MESSAGES: Readonly<Record<Proposal['code'], string>> = {
  DOCUMENT_CLOSED: 'the work has changed since it was authorised',
  DOCUMENT_CHANGED_BY_PERSON: 'a person changed the draft, and the work has changed since',
  DOCUMENT_VOIDED: 'it was voided or deleted; its lines are billed again when they are freed',
  DOCUMENT_EMPTY: 'nothing of the draft is due any more',
  DOCUMENT_UNKNOWN: 'a document of this number is there that nothing is remembered of',
  EXPENSE_CHARGED: 'it charges what is charged to the customer already',
  LINK_NOT_DUE: 'it waits to be charged to a customer who is not to be charged any more',
};

/** ` (1:30 more, 0:15 less)`; empty where there is none. */
export function inWords(difference: readonly LineSource[]): string {
  if (difference.length === 0) return '';
  let more = 0;
  let less = 0;
  let others = 0;
  for (const source of difference) {
    if (source.kind !== 'time-log') others += 1;
    else if (source.minutes > 0) more += source.minutes;
    else less -= source.minutes;
  }
  const parts = [
    ...(more > 0 ? [`${clock(more)} more`] : []),
    ...(less > 0 ? [`${clock(less)} less`] : []),
    ...(others > 0 ? [`${others} ${others === 1 ? 'amount' : 'amounts'} besides time`] : []),
  ];
  return ` (${parts.join(', ')})`;
}
