import { inParallel } from '../../http/in-parallel.ts';
import type { CalendarDate } from '../../model/billing/money.ts';
import type { Expense, Milestone, Project, TimeLog } from '../../model/billing/project-work.ts';
import { assignWork, type WorkFound } from '../../plan/billing/assign-work.ts';
import type { InvoiceOptions } from '../../plan/billing/invoice-options.ts';
import type { ReadListing } from '../../plan/billing/listing-brake.ts';
import type { MapNeeds } from '../../plan/billing/map-needs.ts';
import type { MilestoneWork } from '../../plan/billing/milestone-facts.ts';
import { firstNumberOf, planMilestoneInvoice } from '../../plan/billing/plan-milestone-invoice.ts';
import type { BrakeLimit } from '../../plan/contact-options.ts';
import type { BooksSource, ProjectSource } from '../../ports/billing-source.ts';
import type { Progress } from '../../ports/progress.ts';
import type { SourceRef } from './billing-job.ts';
import { daysAfter } from './calendar-day.ts';
import type { DocumentRecipe } from './document-job.ts';
import type { DocumentSource } from './document-source.ts';
import { gather } from './gather.ts';
import { isNamed } from './named-project.ts';
import { placeOfExpense } from './place-of-expense.ts';
import { type BooksProject, withProjects } from './project-of-expense.ts';

export interface MilestoneSources {
  readonly recipe: string;
  readonly options: InvoiceOptions & { readonly cutOver: CalendarDate };
  /** Names, keys or ids; absent: all. */
  readonly projects?: readonly string[];
  readonly source: ProjectSource;
  /** Absent where no expenses are billed. */
  readonly books?: BooksSource;
  /** How much billed work may be missing in what is read. */
  readonly shrink: BrakeLimit;
  readonly progress: Progress;
}

/** The project tool answers this many calls at once without complaint. */
const PROJECTS_AT_ONCE = 4;

/** Reads everything that milestones may bill, and deals it out to them. */
export function readMilestones(sources: MilestoneSources): DocumentRecipe['read'] {
  const { recipe, options, shrink } = sources;
  return async (_, { context }) => {
    const found = await readWork(sources, context.today);
    const refs: SourceRef[] = [
      ...found.logs.map(({ id }) => ({ kind: 'time-log', id }) as const),
      ...found.expenses.map(({ id }) => ({ kind: 'expense', id }) as const),
      ...found.milestones.map(({ id }) => ({ kind: 'milestone', id }) as const),
    ];
    const watched = { listings: found.listings, limit: shrink };
    const asks = JSON.stringify(sources.projects ?? []);
    return {
      sources: refs,
      deal: (entries) => {
        const { work, leftOut } = assignWork(found, entries, recipe);
        const subjects = work.map((one) => subjectOf(one, options));
        const roster = { title: 'milestones', isEmpty: subjects.length === 0, limit: shrink, asks };
        return { subjects, leftOut, needs: needsOf(work, options), watched, roster };
      },
    };
  };
}

function subjectOf(work: MilestoneWork, options: InvoiceOptions): DocumentSource {
  const { project, milestone, logs, expenses } = work;
  return {
    id: milestone.id,
    title: `${project.name}: ${milestone.name}`,
    projectId: project.id,
    kinds: ['sales-invoice'],
    firstNumber: firstNumberOf(milestone.id, options),
    party: { id: project.customerId, name: project.customerName },
    ...(options.dated === 'closed' && milestone.closedOn !== undefined ? { dated: milestone.closedOn } : {}),
    others: expenses.filter(({ billable }) => billable).map(placeOfExpense),
    sources: [
      ...logs.map(({ id }) => ({ kind: 'time-log', id }) as const),
      ...expenses.map(({ id }) => ({ kind: 'expense', id }) as const),
      { kind: 'milestone', id: milestone.id },
    ],
    ...(milestone.closed ? {} : { waits: 'the milestone is open' }),
    work: () => JSON.stringify([work, options]),
    plan: (contact, state, context) => planMilestoneInvoice(work, contact, state, { ...context, options }),
  };
}

function needsOf(work: readonly MilestoneWork[], { bill }: InvoiceOptions): MapNeeds {
  const billed = work.filter(({ milestone }) => milestone.closed);
  const charged = new Set(
    bill.expenses
      ? billed.flatMap(({ expenses }) =>
          expenses.filter(({ billable }) => billable).map(({ category }) => category),
        )
      : [],
  );
  return {
    categories: billed.flatMap(({ project, logs }) =>
      project.category === undefined || project.category === '' || logs.length === 0
        ? []
        : [project.category],
    ),
    expenses: [...charged].map((account) => ({ account, charged: true })),
    currencies: billed.flatMap(({ project }) => project.currency ?? []),
  };
}

async function readWork(
  { projects: wanted, source, books, progress, options }: MilestoneSources,
  today: CalendarDate,
): Promise<WorkFound & { readonly listings: readonly ReadListing[] }> {
  progress.begin('read-left');
  const all = await gather(source.projects());
  const projects = all.filter((project) => isNamed(project, wanted));
  // Work is logged ahead of the organisation's day where people are farther east, or plan their week.
  const until = daysAfter(today, 31);
  const ofProjects = await inParallel(projects, PROJECTS_AT_ONCE, async ({ id, name }) => {
    const milestones: Milestone[] = await gather(source.milestones(id));
    const logs: TimeLog[] =
      options.bill.time && milestones.length > 0
        ? await gather(source.timeLogs(id, options.cutOver, until))
        : [];
    progress.advance('read-left', milestones.length + logs.length);
    return { name, milestones, logs };
  });
  const expenses = books === undefined ? [] : await readExpenses(books, projects, options.cutOver);
  progress.end('read-left');
  const listings = [
    ...(options.bill.time ? ofProjects.map(logListing) : []),
    ...(books === undefined ? [] : [expenseListing(expenses, ofProjects)]),
  ];
  return {
    listings,
    projects,
    milestones: ofProjects.flatMap(({ milestones }) => milestones),
    logs: ofProjects.flatMap(({ logs }) => logs),
    expenses,
  };
}

interface OfProject {
  readonly name: string;
  readonly milestones: readonly Milestone[];
  readonly logs: readonly TimeLog[];
}

function logListing({ name, milestones, logs }: OfProject): ReadListing {
  return {
    title: `time logs of ${name}`,
    kind: 'time-log',
    ids: logs.map(({ id }) => id),
    subjects: new Set(milestones.map(({ id }) => id)),
  };
}

function expenseListing(expenses: readonly Expense[], ofProjects: readonly OfProject[]): ReadListing {
  return {
    title: 'billable expenses',
    kind: 'expense',
    ids: expenses.map(({ id }) => id),
    subjects: new Set(ofProjects.flatMap(({ milestones }) => milestones.map(({ id }) => id))),
  };
}

async function readExpenses(
  books: BooksSource,
  projects: readonly Project[],
  cutOver: CalendarDate,
): Promise<Expense[]> {
  const [expenses, booksProjects]: [Expense[], BooksProject[]] = await Promise.all([
    gather(books.expenses(undefined, { from: cutOver, billable: true })),
    gather(books.projects()),
  ]);
  return withProjects(expenses, booksProjects, projects).filter(
    ({ projectId, booksProjectId }) => projectId !== undefined || booksProjectId === undefined,
  );
}
