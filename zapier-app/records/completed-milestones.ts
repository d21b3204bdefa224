import type {
  Expense,
  Milestone,
  Project,
  TimeLog,
} from '@stackbridge/shared-mappers/model/billing/project-work.ts';
import type { Instant } from '@stackbridge/shared-mappers/model/instant.ts';
import { assignWork } from '@stackbridge/shared-mappers/plan/billing/assign-work.ts';
import { daysAfter } from '@stackbridge/shared-mappers/sync/billing/calendar-day.ts';
import { withProjects } from '@stackbridge/shared-mappers/sync/billing/project-of-expense.ts';
import { isCompletedSince } from '@stackbridge/shared-mappers/sync/poll/finished-work.ts';
import { z as zod } from 'zod';
import { packWork } from '../billing/milestone-delivery.ts';
import { zohoBooks, zohoProjects } from '../connection/zoho.ts';
import type { Step } from '../step.ts';
import { allOf } from './all-of.ts';
import { lastSeen, seenThing, sinceWhen } from './first-seen.ts';
import { milestoneItem } from './milestone-item.ts';
import { projectsLookedAt } from './projects-looked-at.ts';
import { idSince, type RecipeWatch } from './recipe-watch.ts';
import { sinceOf } from './since.ts';
import { workPrint } from './work-print.ts';

export interface CompletedWanted {
  readonly portal?: string | undefined;
  /** Id; absent: all projects. */
  readonly project?: string | undefined;
  /** Days before a milestone was closed whose work is read. */
  readonly workDays: number;
  readonly expenses: boolean;
  readonly booksOrganisation?: string | undefined;
  /** API name of the custom field that holds an agreed amount. */
  readonly fixedAmountField?: string | undefined;
  readonly webUrl?: string | undefined;
  /** Each is shown again whenever its work has changed, a reopened one among them. */
  readonly again: boolean;
  /** Milliseconds. */
  readonly lookBack: number;
  /** Of the recipe, whose edit makes other items of those that are shown again. */
  readonly watch: RecipeWatch;
  /** Id of the only one that is shown, whether or not it is completed. Default: all that are. */
  readonly named?: string;
}

/** A milestone as a poll before has told of it; its state is that of its work. */
const toldMilestone = seenThing.extend({
  /** First day of its work. */
  from: zod.string(),
});

type ToldMilestone = Readonly<zod.output<typeof toldMilestone>>;
type ToldMilestones = Readonly<Record<string, ToldMilestone>>;

/** Of one project: its milestones that are shown, and everything that they may bill. */
interface ProjectRead {
  readonly project: Project;
  readonly milestones: readonly Milestone[];
  readonly shown: readonly Shown[];
  readonly logs: readonly TimeLog[];
  /** By the polls before. */
  readonly told: ToldMilestones;
}

interface Shown {
  readonly milestone: Milestone;
  /** First day of its work: fixed, or work would seem to be gone as days pass. */
  readonly from: string;
}

/** Milestones that were closed, or edited since, within the time looked back on, with the work that they bill. */
export async function completedMilestones(step: Step, wanted: CompletedWanted) {
  const readAt = step.ports.clock.now();
  const read = await readProjects(step, wanted);
  const expenses = wanted.expenses ? await billableExpenses(step, wanted, read) : [];

  const items = [];
  for (const one of read) {
    const now: Record<string, ToldMilestone> = {};
    for (const { milestone, from } of one.shown) {
      const found = workSince(from, one, expenses);
      const { work } = assignWork({ ...found, projects: [one.project] }, [], '');
      const own = work.find((each) => each.milestone.id === milestone.id);
      if (own === undefined) continue;
      const state = workPrint(own);
      const since = sinceWhen(one.told[milestone.id], state, readAt);
      now[milestone.id] = { state, since, from };
      items.push({
        at: wanted.again ? since : (milestone.modifiedAt ?? 0),
        item: {
          id: idOf(milestone, since, wanted),
          ...milestoneItem(own, from),
          work: packWork({
            readAt,
            milestoneId: milestone.id,
            project: one.project,
            ...(wanted.fixedAmountField === undefined ? {} : { fixedAmountField: wanted.fixedAmountField }),
            ...found,
          }),
        },
      });
    }
    if (wanted.again) await memoryOf(step, wanted, one.project).keep(now);
  }
  await wanted.watch.done();
  return items.toSorted((a, b) => b.at - a.at).map(({ item }) => item);
}

/** @param since when it was first seen with this work */
function idOf({ id, closedOn = '' }: Milestone, since: Instant, { again, watch }: CompletedWanted): string {
  // Closed anew is completed anew.
  return again ? idSince(watch, `${id}-${since}`, since) : `${id}-${closedOn}`;
}

function workSince(from: string, { project, milestones, logs }: ProjectRead, expenses: readonly Expense[]) {
  return {
    milestones,
    logs: logs.filter(({ date }) => date >= from),
    expenses: expenses.filter(({ projectId, date }) => projectId === project.id && date >= from),
  };
}

/** By the ids that a Zap has seen alone, work that is changed and changed back would not be told. */
function memoryOf(
  step: Step,
  { workDays, expenses, booksOrganisation, fixedAmountField, webUrl }: CompletedWanted,
  { id }: Project,
) {
  const settings = JSON.stringify([workDays, expenses, booksOrganisation, fixedAmountField, webUrl]);
  return lastSeen(step, `milestones told ${id} ${settings}`, toldMilestone);
}

async function readProjects(step: Step, wanted: CompletedWanted): Promise<ProjectRead[]> {
  const source = zohoProjects(step, wanted.portal, wanted);
  const today = new Date(step.ports.clock.now()).toISOString().slice(0, 10);
  const since = sinceOf(step, wanted.lookBack);
  const read: ProjectRead[] = [];
  for (const project of await projectsLookedAt(source, wanted.project)) {
    const milestones = await allOf(source.milestones(project.id));
    const told = wanted.again ? await memoryOf(step, wanted, project).read() : {};
    const shown = milestones
      .filter((milestone) => isShown(milestone, wanted, told, since, today))
      .map((milestone): Shown => {
        const day = milestone.closedOn ?? today;
        return { milestone, from: told[milestone.id]?.from ?? daysAfter(day, -wanted.workDays) };
      });
    const [first] = shown.map(({ from }) => from).sort();
    // What is not shown costs no further call.
    if (first === undefined) continue;
    // Work is logged ahead of the day where people are farther east, or plan their week.
    const logs = await allOf(source.timeLogs(project.id, first, daysAfter(today, 31)));
    read.push({ project, milestones, shown, logs, told });
  }
  return read;
}

/** Whether a reopened one was billed is not known here: it was told of, and is told of again. */
function isShown(
  milestone: Milestone,
  { again, workDays, named }: CompletedWanted,
  told: ToldMilestones,
  since: Instant,
  today: string,
): boolean {
  if (named !== undefined) return milestone.id === named;
  if (isCompletedSince(milestone, since)) return true;
  const before = told[milestone.id];
  if (!again || !milestone.closed) return before !== undefined;
  const day = milestone.closedOn ?? (before && daysAfter(before.from, workDays));
  return day !== undefined && day >= daysAfter(today, -workDays);
}

async function billableExpenses(
  step: Step,
  { booksOrganisation }: CompletedWanted,
  read: readonly ProjectRead[],
): Promise<Expense[]> {
  const [from] = read.flatMap(({ shown }) => shown.map((one) => one.from)).sort();
  if (from === undefined) return [];
  const books = zohoBooks(step, booksOrganisation);
  const expenses = await allOf(books.expenses(undefined, { from, billable: true }));
  return withProjects(
    expenses,
    await allOf(books.projects()),
    read.map(({ project }) => project),
  );
}
