import { ERROR_CODES } from '@stackbridge/shared-mappers/errors/codes.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { BillingExecution } from '@stackbridge/shared-mappers/sync/stateless/billing/bill-without-store.ts';
import type { BillingOutcome } from '@stackbridge/shared-mappers/sync/stateless/billing/billing-outcome.ts';
import type { PlainOutputField } from 'zapier-platform-core';

/** What became of one log, for a Zap. */
interface EnteredLog {
  readonly logId: string;
  readonly title: string;
  readonly outcome: BillingOutcome['outcome'];
  readonly code: string;
  readonly message: string;
  readonly documentNumber: string;
  readonly differenceKey: string;
  /** Separated by commas. */
  readonly answers: string;
}

/** What a step that enters time came to. `differs`: somebody has to see to an entry. */
export interface EnteredTime {
  /** Of the log, or of the project. */
  readonly id: string;
  readonly outcome: 'entered' | 'there already' | 'differs' | 'nothing is due' | 'stale';
  readonly message: string;
  readonly project: string;
  readonly written: number;
  readonly needsAttention: boolean;
  readonly entries: readonly EnteredLog[];
}

/** Of which nothing was looked at. */
export function blank(id: string, project: string): Omit<EnteredTime, 'outcome' | 'message'> {
  return { id, project, written: 0, needsAttention: false, entries: [] };
}

/** @throws StackbridgeError for what passes, or ended the execution */
export function entered(id: string, project: string, { subjects, error }: BillingExecution): EnteredTime {
  if (error !== undefined) throw error;
  const passing = subjects
    .flatMap(({ issues }) => issues)
    .find(({ code }) => ERROR_CODES[code].class === 'Transient');
  if (passing !== undefined) throw new StackbridgeError(passing.code, passing.message, { system: 'xero' });
  const entries = subjects.map(enteredLog);
  const waiting = entries.filter(({ outcome }) => ['failed', 'conflict', 'planned'].includes(outcome));
  return {
    ...blank(id, project),
    outcome: wordFor(entries, waiting.length > 0),
    message: [...new Set((waiting.length > 0 ? waiting : entries).map(({ message }) => message))]
      .filter((message) => message !== '')
      .join('; '),
    written: subjects.filter(({ write }) => write?.written === true).length,
    needsAttention: waiting.length > 0,
    entries,
  };
}

function enteredLog({ subject, title, outcome, because = '', issues }: BillingOutcome): EnteredLog {
  const [issue] = issues;
  return {
    logId: subject,
    title,
    outcome,
    code: issue?.code ?? '',
    message: issue?.message ?? because,
    documentNumber: issue?.documentNumber ?? '',
    differenceKey: issue?.key ?? '',
    answers: issue?.answers.join(', ') ?? '',
  };
}

function wordFor(entries: readonly EnteredLog[], isWaiting: boolean): EnteredTime['outcome'] {
  const isAny = (outcome: EnteredLog['outcome']): boolean => entries.some((one) => one.outcome === outcome);
  if (isWaiting) return 'differs';
  if (isAny('applied')) return 'entered';
  if (isAny('stale')) return 'stale';
  return isAny('unchanged') ? 'there already' : 'nothing is due';
}

export const ENTERED_SAMPLE: EnteredTime & Record<string, unknown> = {
  id: '4000000010001',
  project: 'Website relaunch',
  outcome: 'entered',
  message: '',
  written: 1,
  needsAttention: false,
  entries: [
    {
      logId: '4000000077777',
      title: 'Website relaunch: Wireframes, Grace Hopper, 2026-10-28',
      outcome: 'applied',
      code: '',
      message: '',
      documentNumber: '',
      differenceKey: '',
      answers: '',
    },
  ],
};

export const ENTERED_OUTPUT: PlainOutputField[] = [
  { key: 'id', label: 'Project or Time Entry ID' },
  { key: 'project', label: 'Project' },
  { key: 'outcome', label: 'Outcome' },
  { key: 'message', label: 'Reason' },
  { key: 'written', label: 'Entries Written', type: 'integer' },
  { key: 'needsAttention', label: 'Needs Attention', type: 'boolean' },
  {
    key: 'entries',
    label: 'Time Entries',
    children: [
      { key: 'logId', label: 'Time Entry ID' },
      { key: 'title', label: 'Title' },
      { key: 'outcome', label: 'Outcome' },
      { key: 'code', label: 'Code' },
      { key: 'message', label: 'Reason' },
      { key: 'documentNumber', label: 'Number in Question' },
      { key: 'differenceKey', label: 'Difference Key' },
      { key: 'answers', label: 'Answers' },
    ],
  },
];
