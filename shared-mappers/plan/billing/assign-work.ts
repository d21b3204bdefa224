import type { LedgerEntry } from '../../model/billing/ledger.ts';
import type { Expense, Milestone, Project, TimeLog } from '../../model/billing/project-work.ts';
import type { LeftOut } from './document-plan.ts';
import type { MilestoneWork } from './milestone-facts.ts';
import { sourceKey } from './source-key.ts';

export interface WorkFound {
  readonly projects: readonly Project[];
  readonly milestones: readonly Milestone[];
  readonly logs: readonly TimeLog[];
  readonly expenses: readonly Expense[];
}

/**
 * Deals every log and expense to one milestone. What is billed already stays with the document it is on, wherever
 * it has been moved since. An expense belongs to the milestone of its project that closed first on or after its day.
 *
 * @param entries of the logs and expenses, and of the recipe's documents.
 */
export function assignWork(
  { projects, milestones, logs, expenses }: WorkFound,
  entries: readonly LedgerEntry[],
  recipe: string,
): { readonly work: readonly MilestoneWork[]; readonly leftOut: readonly LeftOut[] } {
  const homes = homesOf(entries, recipe);
  const leftOut: LeftOut[] = [];
  const logsOf = new Map<string, TimeLog[]>(milestones.map(({ id }) => [id, []]));
  const expensesOf = new Map<string, Expense[]>(milestones.map(({ id }) => [id, []]));
  const closings = closingsOf(milestones);
  const unclear = new Set(
    milestones.flatMap(({ closedFault, projectId }) => (closedFault === undefined ? [] : projectId)),
  );

  for (const log of logs) {
    const home = homes.get(sourceKey({ kind: 'time-log', id: log.id })) ?? log.milestoneId;
    if (home === undefined) leftOut.push({ kind: 'time-log', id: log.id, because: 'on no milestone' });
    else logsOf.get(home)?.push(log);
  }
  for (const expense of expenses) {
    const billed = homes.get(sourceKey({ kind: 'expense', id: expense.id }));
    if (billed === undefined && expense.projectId !== undefined && unclear.has(expense.projectId)) {
      // It may be the one that closed first.
      leftOut.push({ kind: 'expense', id: expense.id, because: 'not known which milestones are closed' });
      continue;
    }
    const home = billed ?? firstClosing(expense, closings);
    if (home !== undefined) expensesOf.get(home)?.push(expense);
    else if (expense.projectId === undefined)
      leftOut.push({ kind: 'expense', id: expense.id, because: 'on no project' });
    else leftOut.push({ kind: 'expense', id: expense.id, because: 'no milestone has closed since its day' });
  }

  const byId = new Map(projects.map((project) => [project.id, project]));
  const work: MilestoneWork[] = [];
  for (const milestone of milestones) {
    const project = byId.get(milestone.projectId);
    if (project === undefined) continue;
    work.push({
      project,
      milestone,
      logs: logsOf.get(milestone.id) ?? [],
      expenses: expensesOf.get(milestone.id) ?? [],
    });
  }
  return { work, leftOut };
}

/** Where each source is billed: the subject of its oldest live document of this recipe. */
function homesOf(entries: readonly LedgerEntry[], recipe: string): Map<string, string> {
  const homes = new Map<string, string>();
  const live = entries.filter(
    (entry) => entry.purpose === 'charge' && entry.recipe === recipe && entry.state !== 'freed',
  );
  for (const { source, subject } of live.sort((a, b) => a.at - b.at || (a.subject < b.subject ? -1 : 1))) {
    const key = sourceKey(source);
    if (!homes.has(key)) homes.set(key, subject);
  }
  return homes;
}

function closingsOf(milestones: readonly Milestone[]): Map<string, Milestone[]> {
  const byProject = Map.groupBy(
    milestones.filter(({ closed }) => closed),
    ({ projectId }) => projectId,
  );
  for (const closings of byProject.values()) {
    closings.sort((a, b) => (closingDay(a) + a.id < closingDay(b) + b.id ? -1 : 1));
  }
  return byProject;
}

/** A milestone closed on a day that is not known takes every expense that no other milestone does. */
function closingDay({ closedOn }: Milestone): string {
  return closedOn ?? '9999-12-31';
}

function firstClosing(expense: Expense, closings: ReadonlyMap<string, Milestone[]>): string | undefined {
  const ofProject = expense.projectId === undefined ? undefined : closings.get(expense.projectId);
  return ofProject?.find((milestone) => closingDay(milestone) >= expense.date)?.id;
}
