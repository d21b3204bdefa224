import type {
  Expense,
  Milestone,
  Project,
  TimeLog,
} from '@stackbridge/shared-mappers/model/billing/project-work.ts';
import { assignWork } from '@stackbridge/shared-mappers/plan/billing/assign-work.ts';
import { dueWork } from '@stackbridge/shared-mappers/plan/billing/due-work.ts';
import type { MilestoneWork } from '@stackbridge/shared-mappers/plan/billing/milestone-facts.ts';
import { daysAfter } from '@stackbridge/shared-mappers/sync/billing/calendar-day.ts';
import { withProjects } from '@stackbridge/shared-mappers/sync/billing/project-of-expense.ts';
import { isCompletedSince } from '@stackbridge/shared-mappers/sync/poll/finished-work.ts';
import { packWork } from '../billing/milestone-delivery.ts';
import { zohoBooks, zohoProjects } from '../connection/zoho.ts';
import type { Step } from '../step.ts';
import { allOf } from './all-of.ts';
import { expenseItem } from './expense-item.ts';
import { projectsLookedAt } from './projects-looked-at.ts';
import { sinceOf } from './since.ts';
import { timeItem } from './time-item.ts';

export interface CompletedWanted {
  readonly portal?: string | undefined;
  /** Id; absent: all projects. */
  readonly project?: string | undefined;
  /** Days before today whose work is read. */
  readonly workDays: number;
  readonly expenses: boolean;
  readonly booksOrganisation?: string | undefined;
  /** Milliseconds. */
  readonly lookBack: number;
}

/** Milestones that were closed, or edited since, within the time looked back on, with the work that they bill. */
export async function completedMilestones(step: Step, wanted: CompletedWanted) {
  const source = zohoProjects(step, wanted.portal);
  const since = sinceOf(step, wanted.lookBack);
  const today = new Date(step.ports.clock.now()).toISOString().slice(0, 10);
  const from = daysAfter(today, -wanted.workDays);
  const projects = await projectsLookedAt(source, wanted.project);

  const milestones: Milestone[] = [];
  const logs: TimeLog[] = [];
  for (const { id } of projects) {
    const ofProject = await allOf(source.milestones(id));
    milestones.push(...ofProject);
    // What is not shown costs no further call.
    if (!ofProject.some((milestone) => isCompletedSince(milestone, since))) continue;
    // Work is logged ahead of the day where people are farther east, or plan their week.
    logs.push(...(await allOf(source.timeLogs(id, from, daysAfter(today, 31)))));
  }
  const completed = new Set(milestones.filter((one) => isCompletedSince(one, since)).map(({ id }) => id));
  const expenses =
    wanted.expenses && completed.size > 0 ? await billableExpenses(step, wanted, from, projects) : [];
  const { work } = assignWork({ projects, milestones, logs, expenses }, [], '');
  return work
    .filter(({ milestone }) => completed.has(milestone.id))
    .toSorted((a, b) => (b.milestone.modifiedAt ?? 0) - (a.milestone.modifiedAt ?? 0))
    .map((one) => {
      const { id, projectId } = one.milestone;
      const others = milestones.filter((other) => other.projectId === projectId && other.id !== id);
      return milestoneItem(one, from, others);
    });
}

async function billableExpenses(
  step: Step,
  { booksOrganisation }: CompletedWanted,
  from: string,
  projects: readonly Project[],
): Promise<Expense[]> {
  const books = zohoBooks(step, booksOrganisation);
  const expenses = await allOf(books.expenses(undefined, { from, billable: true }));
  return withProjects(expenses, await allOf(books.projects()), projects);
}

const BILLABLE = {
  bill: { time: true, expenses: true, fixed: 'ignore' },
  approval: 'required',
  lineAmounts: 'exclusive',
} as const;

function milestoneItem(work: MilestoneWork, cutOver: string, others: readonly Milestone[]) {
  const { milestone, project } = work;
  const { due } = dueWork(work, { ...BILLABLE, cutOver }, [], '');
  return {
    // Reopened and closed again is completed anew.
    id: `${milestone.id}-${milestone.closedOn ?? ''}`,
    milestoneId: milestone.id,
    name: milestone.name,
    closedOn: milestone.closedOn ?? '',
    projectId: project.id,
    project: project.name,
    customerId: project.customerId ?? '',
    customer: project.customerName ?? '',
    currency: project.currency ?? '',
    fixedAmount: milestone.fixedAmount ?? '',
    minutes: due.reduce((sum, item) => sum + (item.kind === 'time-log' ? item.minutes : 0), 0),
    time: due.flatMap((item) => (item.kind === 'time-log' ? [timeItem(item.log)] : [])),
    expenses: due.flatMap((item) => (item.kind === 'expense' ? [expenseItem(item.expense)] : [])),
    work: packWork({ ...work, others }),
  };
}
