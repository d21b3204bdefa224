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
import type { Party } from './match-contact.ts';
import type { BilledContact } from './milestone-facts.ts';
import type { TimePlan } from './time-plan.ts';

/** How approved logs become time entries that are invoiced from the accounts. */
export interface TimeOptions {
  readonly approval: 'required' | 'not-needed';
  readonly cutOver?: CalendarDate;
  /** Logs that are not billable become time entries as well, on tasks nobody is charged for. */
  readonly nonBillable: boolean;
  readonly create: { readonly projects: boolean; readonly tasks: boolean };
  /** Template of a task's name: `{task}`, `{person}`. */
  readonly taskName: string;
  /** Template of an entry's description: `{task}`, `{person}`, `{date}`, `{notes}`, `{project}`. */
  readonly text: string;
}

/** What the accounts and the ledger hold of the projects at issue. */
export interface TimeState {
  readonly projects: readonly AccountsProject[];
  /** Of those projects. */
  readonly tasks: readonly AccountsTask[];
  readonly users: readonly AccountsUser[];
  /** Of those projects, dated within the span. */
  readonly held: readonly HeldTimeEntry[];
  /** Of the logs, and of the logs that `held` is marked with. */
  readonly entries: readonly LedgerEntry[];
  readonly memories: readonly DocumentMemory[];
  /** By `ZT-<log id>`. */
  readonly decisions: readonly BillingDecision[];
  /** Nothing but the entries themselves remembers what was written: each is written with its seal. Default: false. */
  readonly seals?: boolean;
  /** Why what was to be created could not be, by the made-up id of the need. */
  readonly refusals?: ReadonlyMap<string, BillingIssue>;
}

/** A project of the project tool with every log of it that is dated within the span. */
export interface ProjectTime {
  readonly project: Project;
  readonly contact: BilledContact;
  readonly logs: readonly TimeLog[];
  readonly span: { readonly from: CalendarDate; readonly to: CalendarDate };
}

/** What has to be created before time can be entered there. `id` is made up, and stands for it until then. */
export type TimeNeed =
  | {
      readonly need: 'project';
      readonly id: string;
      readonly name: string;
      readonly contactId: string;
      readonly party: Party;
    }
  | {
      readonly need: 'task';
      readonly id: string;
      readonly projectId: string;
      readonly name: string;
      readonly chargeType: 'time' | 'non-chargeable';
      readonly rate: { readonly currency: string; readonly value: string };
    };

export type TimeWrite =
  | { readonly action: 'create'; readonly entry: DesiredTimeEntry }
  | {
      readonly action: 'update';
      readonly held: HeldTimeEntry;
      readonly entry: DesiredTimeEntry;
      /** Onto another project, which no update can do: it is deleted there and entered here. */
      readonly moves: boolean;
    }
  | { readonly action: 'delete'; readonly held: HeldTimeEntry };

/** Everything decided about one log. */
export type TimeEntryPlan = TimePlan<TimeWrite>;

export interface TimeEntryPlans {
  readonly plans: readonly TimeEntryPlan[];
  /** What the writes need, projects before their tasks. */
  readonly needs: readonly TimeNeed[];
  /** Projects that were found, to be known again under another name: ledger changes. */
  readonly remember: readonly LedgerChange[];
}
