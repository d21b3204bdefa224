import type { AuditEntry } from '../../../model/audit.ts';
import type { Parked } from '../../../model/parked.ts';
import type { BillingAnswer } from '../../../plan/billing/decision.ts';
import type { Decision, Store, StoreChange } from '../../../ports/store.ts';
import { forgetfulStore } from '../forgetful-store.ts';

/** A person's answer about one document. */
export interface BillingReply {
  /** The milestone's, expense's, invoice's or log's id. */
  readonly subject: string;
  readonly documentNumber: string;
  readonly answer: BillingAnswer;
  /** Key of the difference that was seen, as it was handed out: the answer counts for that one only. Default: any. */
  readonly of?: string;
}

/** What one execution came to, for whoever has no store to ask. */
export interface BillingStore extends Store {
  readonly audit: readonly AuditEntry[];
  readonly rows: (subject: string) => readonly Parked[];
}

/** The store of a single execution: answers come in, what is written and parked is handed out. Nothing outlives it. */
export function billingStore(replies: readonly BillingReply[]): BillingStore {
  const audit: AuditEntry[] = [];
  const parked = new Map<string, Parked>();

  function apply(change: StoreChange): void {
    if (change.kind === 'audit') audit.push(change.entry);
    else if (change.kind === 'park') {
      parked.set(`${change.parked.kind} ${change.parked.subject}`, change.parked);
    } else if (change.kind === 'unpark') {
      for (const [name, { subject, kind }] of parked) {
        if (subject === change.subject && (change.only ?? kind) === kind) parked.delete(name);
      }
    }
    // Everything else matters to a later run alone, which begins from the documents again.
  }

  return {
    ...forgetfulStore(),
    audit,
    rows: (subject) => [...parked.values()].filter((row) => row.subject === subject),
    commit: async (_, changes) => changes.forEach(apply),
    decisions: async (scope, subjects) =>
      replies
        .filter(({ subject }) => subjects === undefined || subjects.includes(subject))
        .map((reply) => decisionOf(reply, scope)),
  };
}

function decisionOf({ subject, documentNumber, answer, of }: BillingReply, scope: string): Decision {
  const value = of === undefined ? answer : `${answer} ${of}`;
  return { scope, subject, field: documentNumber, take: { value }, at: 0 };
}
