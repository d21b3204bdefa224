import type { BillingAnswer } from '@stackbridge/shared-mappers/plan/billing/decision.ts';
import type { BillingIssueTold } from '@stackbridge/shared-mappers/sync/stateless/billing/billing-outcome.ts';
import type { PlainOutputField } from 'zapier-platform-core';
import { DOCUMENT_OUTPUT, DOCUMENT_SAMPLE, type DocumentItem } from '../records/document-item.ts';

/** What a step that bills came to. `differs`: a person has to decide. `stale`: later work has been seen to already. */
export type BilledItem = Partial<DocumentItem> & {
  /** Of the document as it is now; where there is none, of what was to be billed. */
  readonly id: string;
  readonly outcome: 'created' | 'updated' | 'there already' | 'differs' | 'stale' | 'nothing is due';
  readonly message: string;
} & QuestionItem;

/** What a person has to decide, for a step that asks and for the one that answers; empty where there is nothing. */
interface QuestionItem {
  readonly code: string;
  /** Of the document in question. */
  readonly documentNumber: string;
  /** An answer that names it counts for this difference only. */
  readonly differenceKey: string;
  readonly answers: readonly { readonly answer: BillingAnswer; readonly meaning: string }[];
  /** What would still have to be billed, or taken back where it is negative. */
  readonly difference: readonly {
    readonly kind: string;
    readonly sourceId: string;
    readonly minutes: string;
    readonly amount: string;
  }[];
}

export const ANSWER_MEANINGS: Readonly<Record<BillingAnswer, string>> = {
  'next-invoice': 'Bill the Difference on a Further Document',
  free: 'Bill the Lines of the Voided Document Again',
  settled: 'It Has Been Put Right in Xero by Hand',
};

export function questionItem(issue: BillingIssueTold | undefined): QuestionItem {
  return {
    code: issue?.code ?? '',
    documentNumber: issue?.documentNumber ?? '',
    differenceKey: issue?.key ?? '',
    answers: (issue?.answers ?? []).map((answer) => ({ answer, meaning: ANSWER_MEANINGS[answer] })),
    difference: (issue?.difference ?? []).map((source) => ({
      kind: source.kind,
      sourceId: source.id,
      minutes: source.kind === 'time-log' ? String(source.minutes) : '',
      amount: source.kind === 'time-log' ? '' : source.amount,
    })),
  };
}

export const BILLED_SAMPLE = {
  ...DOCUMENT_SAMPLE,
  outcome: 'differs',
  message: 'The work has changed since a person approved SB-M-4000000012345: 60 minutes more.',
  code: 'DOCUMENT_CLOSED',
  documentNumber: 'SB-M-4000000012345',
  differenceKey: 'k3J9x-2LmQ',
  answers: [{ answer: 'next-invoice', meaning: ANSWER_MEANINGS['next-invoice'] }],
  difference: [{ kind: 'time-log', sourceId: '4000000077777', minutes: '60', amount: '' }],
};

export const BILLED_OUTPUT: PlainOutputField[] = [
  { key: 'outcome', label: 'Outcome' },
  { key: 'message', label: 'Reason' },
  { key: 'code', label: 'Reason Code' },
  { key: 'documentNumber', label: 'Number in Question' },
  { key: 'differenceKey', label: 'Difference Key' },
  {
    key: 'answers',
    label: 'Answers',
    children: [
      { key: 'answer', label: 'Answer' },
      { key: 'meaning', label: 'Meaning' },
    ],
  },
  {
    key: 'difference',
    label: 'Difference',
    children: [
      { key: 'kind', label: 'Kind' },
      { key: 'sourceId', label: 'ID' },
      { key: 'minutes', label: 'Minutes' },
      { key: 'amount', label: 'Amount' },
    ],
  },
  ...DOCUMENT_OUTPUT,
];
