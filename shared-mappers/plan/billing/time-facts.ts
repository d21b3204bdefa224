import type { DocumentMemory, LedgerChange, LedgerEntry } from '../../model/billing/ledger.ts';
import type { CalendarDate } from '../../model/billing/money.ts';
import type { Project, TimeLog } from '../../model/billing/project-work.ts';
import type {
  AccountsProject,
  AccountsTask,
  AccountsUser,
  DesiredTimeEntry,
  HeldTimeEntry,
} from '../../ports/xero-projects.ts';
import type { BillingIssue } from './billing-issue.ts';
import type { BillingDecision } from './decision.ts';
import type { Proposal } from './document-plan.ts';
import type { BilledContact } from './milestone-facts.ts';

/** How approved logs become time entries that are invoiced from the accounts. */
export interface TimeOptions {
  readonly approval: 'required' | 'not-needed';
  readonly cutOver?: CalendarDate;
  /** Logs that are not billable become time entries as well, on tasks nobody is charged for. */
  readonly nonBillable: boolean;
  readonly create: { readonly projects: boolean; readonly tasks: boolean };
  /** Template: `{task}`, `{person}`, `{date}`, `{notes}`, `{milestone}`. */
  readonly text: string;
}

/** What the accounts hold of one project of the project tool. */
export interface TimeState {
  readonly projects: readonly AccountsProject[];
  /** Of those projects. */
  readonly tasks: readonly AccountsTask[];
  readonly users: readonly AccountsUser[];
  readonly held: readonly HeldTimeEntry[];
  /** Of the logs, and of this recipe's entries on the project. */
  readonly entries: readonly LedgerEntry[];
  readonly memories: readonly DocumentMemory[];
  /** By `ZT-<log id>`. */
  readonly decisions: readonly BillingDecision[];
}

export interface ProjectTime {
  readonly project: Project;
  readonly contact: BilledContact;
  /** Every log of the project dated within the span. */
  readonly logs: readonly TimeLog[];
  readonly span: { readonly from: CalendarDate; readonly to: CalendarDate };
}

/** What has to be there before a project's entries can be planned. */
export type TimeNeed =
  | { readonly need: 'project'; readonly name: string; readonly contactId: string }
  | {
      readonly need: 'task';
      readonly projectId: string;
      readonly name: string;
      readonly chargeType: 'time' | 'non-chargeable';
      readonly rate: { readonly currency: string; readonly value: string };
    };

export type TimeWrite =
  | { readonly action: 'create'; readonly entry: DesiredTimeEntry }
  | { readonly action: 'update'; readonly id: string; readonly entry: DesiredTimeEntry }
  | { readonly action: 'delete'; readonly id: string; readonly projectId: string };

/** Everything decided about one log. */
export interface TimePlan {
  /** Id of the log. */
  readonly subject: string;
  readonly outcome: 'create' | 'update' | 'delete' | 'propose' | 'leave' | 'parked' | 'excluded';
  readonly write?: TimeWrite;
  readonly proposals: readonly Proposal[];
  readonly issues: readonly BillingIssue[];
  readonly because?: string;
  /** Decisions that `remember`, or the write's intent, carries out. */
  readonly decided: readonly string[];
  /** To commit without a call. */
  readonly remember: readonly LedgerChange[];
  /** To commit before the write: the log is taken from then on. */
  readonly intent: readonly LedgerChange[];
  /** To commit once it is answered. */
  readonly confirmation: readonly LedgerChange[];
  /** To commit when it is refused. */
  readonly withdrawal: readonly LedgerChange[];
}
