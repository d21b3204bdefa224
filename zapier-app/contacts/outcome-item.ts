import { ADDRESS_OF_ANOTHER } from '@stackbridge/shared-mappers/plan/excluded.ts';
import { waitsForOthers } from '@stackbridge/shared-mappers/sync/dead-letter.ts';
import type { PersonOutcome } from '@stackbridge/shared-mappers/sync/stateless/person-outcome.ts';
import type { PlainOutputField } from 'zapier-platform-core';
import type { Synced } from './sync-delivery.ts';

/** What a sync step came to, for the steps that follow. */
export interface OutcomeItem {
  readonly id: string;
  /** Of the system that the step writes to, named as a search names it; empty where there is none. */
  readonly recordId: string;
  /** `applied`, `unchanged`, `stale`, `excluded` or `conflict`; in a preview `planned` in place of `applied`. */
  readonly outcome: PersonOutcome['outcome'];
  readonly isConflict: boolean;
  /** It may pass without this record changing: another one has the address. */
  readonly waitsForOthers: boolean;
  /** Why it was left out, or what a system said for good. */
  readonly because: string;
  /** Of what it is about; empty where there is nothing to say. */
  readonly code: string;
  readonly salesforceId: string;
  readonly memberId: string;
  /** For the sync step of the other direction; empty where it has nothing to carry out. */
  readonly record: string;
  /** What was written; in a preview, what would be. */
  readonly changes: readonly { readonly field: string; readonly from: string; readonly to: string }[];
  readonly conflicts: readonly {
    readonly field: string;
    readonly salesforce: string;
    readonly mailchimp: string;
    readonly code: string;
    readonly message: string;
  }[];
}

/** @param target the system that the step writes to */
export function outcomeItem(
  { person, record }: Synced,
  target: 'salesforce' | 'mailchimp',
  preview = false,
): OutcomeItem {
  const { outcome, leftId = '', rightId = '', changes, issues } = person;
  const [issue] = issues;
  return {
    id: `${leftId}-${rightId}`,
    recordId: target === 'salesforce' ? leftId : rightId,
    outcome,
    isConflict: outcome === 'conflict',
    waitsForOthers:
      person.because === ADDRESS_OF_ANOTHER ||
      issues.some(({ kind, code }) => kind === 'conflict' && waitsForOthers(code)),
    because: person.because ?? issue?.message ?? '',
    code: issue?.code ?? '',
    salesforceId: leftId,
    memberId: rightId,
    record,
    changes: changes
      .filter(({ written }) => written || preview)
      .map(({ field, from = '', to }) => ({ field, from, to })),
    conflicts: issues
      .filter(({ kind }) => kind === 'conflict')
      .flatMap(({ code, message, fields, values }) =>
        (fields.length === 0 ? [''] : fields).map((field) => ({
          field,
          salesforce: values[field]?.left ?? '',
          mailchimp: values[field]?.right ?? '',
          code,
          message,
        })),
      ),
  };
}

const SAMPLE: OutcomeItem & Record<string, unknown> = {
  id: '003RO0000035WQgYAM-b1d2c3e4f5a60718293a4b5c6d7e8f90',
  recordId: 'b1d2c3e4f5a60718293a4b5c6d7e8f90',
  outcome: 'applied',
  isConflict: false,
  waitsForOthers: false,
  because: '',
  code: '',
  salesforceId: '003RO0000035WQgYAM',
  memberId: 'b1d2c3e4f5a60718293a4b5c6d7e8f90',
  record: '',
  changes: [{ field: 'FirstName ↔ FNAME', from: 'Ada', to: 'Augusta Ada' }],
  conflicts: [],
};

/** @param target the system that the step writes to */
export function outcomeSample(target: 'salesforce' | 'mailchimp'): typeof SAMPLE {
  return { ...SAMPLE, recordId: target === 'salesforce' ? SAMPLE.salesforceId : SAMPLE.memberId };
}

export const OUTCOME_OUTPUT: PlainOutputField[] = [
  { key: 'id', label: 'Pair ID' },
  { key: 'recordId', label: 'Record ID' },
  { key: 'outcome', label: 'Outcome' },
  { key: 'isConflict', label: 'Is a Conflict', type: 'boolean' },
  { key: 'waitsForOthers', label: 'Waits for Others', type: 'boolean' },
  { key: 'because', label: 'Reason' },
  { key: 'code', label: 'Code' },
  { key: 'salesforceId', label: 'Salesforce ID' },
  { key: 'memberId', label: 'Mailchimp Contact ID' },
  { key: 'record', label: 'Record for Sync Steps' },
  {
    key: 'changes',
    label: 'Changes',
    children: [
      { key: 'field', label: 'Field' },
      { key: 'from', label: 'From' },
      { key: 'to', label: 'To' },
    ],
  },
  {
    key: 'conflicts',
    label: 'Conflicts',
    children: [
      { key: 'field', label: 'Field' },
      { key: 'salesforce', label: 'Value in Salesforce' },
      { key: 'mailchimp', label: 'Value in Mailchimp' },
      { key: 'code', label: 'Code' },
      { key: 'message', label: 'Message' },
    ],
  },
];
