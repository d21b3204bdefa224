import type {
  PersonIssue,
  PersonOutcome,
} from '@stackbridge/shared-mappers/sync/stateless/person-outcome.ts';
import { adviceFor } from '../errors/node-error.ts';

const SYSTEM = { left: 'salesforce', right: 'mailchimp' } as const;

/** What a sync came to for one person, for the nodes that follow. */
export interface OutcomeItem {
  /** `planned`, `applied`, `unchanged`, `stale`, `excluded`, `conflict` or `failed`. */
  readonly outcome: PersonOutcome['outcome'];
  readonly salesforceId: string;
  readonly memberId: string;
  /** Why the person was left out. */
  readonly because: string;
  readonly changes: readonly {
    readonly system: 'salesforce' | 'mailchimp';
    readonly action: string;
    readonly field: string;
    readonly from: string;
    readonly to: string;
    readonly reason: string;
    readonly written: boolean;
  }[];
  /** One for each field that waits for a person, with the values to decide on. */
  readonly issues: readonly {
    /** `terminal` is a last word, such as an address to which mail bounces: nothing is to be done. */
    readonly kind: PersonIssue['kind'];
    readonly field: string;
    readonly salesforce: string;
    readonly mailchimp: string;
    readonly code: string;
    readonly message: string;
    readonly next: string;
  }[];
}

export function outcomeItem({
  outcome,
  leftId = '',
  rightId = '',
  because = '',
  changes,
  issues,
}: PersonOutcome): OutcomeItem {
  return {
    outcome,
    salesforceId: leftId,
    memberId: rightId,
    because,
    changes: changes.map(({ side, from = '', ...change }) => ({ system: SYSTEM[side], ...change, from })),
    issues: issues.flatMap(({ kind, code, message, next, fields, values }) =>
      (fields.length === 0 ? [''] : fields).map((field) => ({
        kind,
        field,
        salesforce: values[field]?.left ?? '',
        mailchimp: values[field]?.right ?? '',
        code,
        message,
        next: adviceFor({ code, next }),
      })),
    ),
  };
}
