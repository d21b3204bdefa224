import { folded } from '../../mapping/people.ts';
import type { TimeLog } from '../../model/billing/project-work.ts';
import type { AccountsProject, AccountsTask } from '../../ports/xero-projects.ts';
import { type BillingIssue, failure } from './billing-issue.ts';
import { chartIndex } from './chart-index.ts';
import type { BillingContext } from './milestone-facts.ts';
import { rateTable } from './rates.ts';
import { whyNotTime } from './time-due.ts';
import type { ProjectTime, TimeNeed, TimeOptions, TimeState } from './time-facts.ts';

const NAME_LIMIT = 255;
const TASK_LIMIT = 100;

/** Projects and tasks to create before this project's time can be logged, as far as the recipe lets us. */
export function timeNeeds(
  { project, contact, logs }: ProjectTime,
  state: TimeState,
  options: TimeOptions,
  context: BillingContext,
): { readonly needs: readonly TimeNeed[]; readonly issues: readonly BillingIssue[] } {
  const due = logs.filter((log) => whyNotTime(log, options) === undefined);
  if (due.length === 0) return { needs: [], issues: [] };
  const there = projectFor(project.name, state.projects);
  if (there === undefined) {
    if ('issue' in contact) return { needs: [], issues: [contact.issue] };
    if (!options.create.projects) return { needs: [], issues: [] };
    const name = project.name.slice(0, NAME_LIMIT);
    return { needs: [{ need: 'project', name, contactId: contact.id }], issues: [] };
  }
  if (!options.create.tasks) return { needs: [], issues: [] };

  const rates = rateTable(context.map);
  const currency =
    there.currency ?? project.currency ?? chartIndex(context.chart).chart.organisation.baseCurrency;
  const needs = new Map<string, TimeNeed>();
  const issues: BillingIssue[] = [];
  for (const log of due) {
    const name = taskName(log);
    if (needs.has(folded(name)) || taskFor(log, there, state.tasks) !== undefined) continue;
    const value = log.billable ? rates(log, project, currency) : '0';
    if (value === undefined) {
      issues.push(failure('RATE_MISSING', `No rate in ${currency} for ${log.personName} on ${log.date}`));
      continue;
    }
    needs.set(folded(name), {
      need: 'task',
      projectId: there.id,
      name,
      chargeType: log.billable ? 'time' : 'non-chargeable',
      rate: { currency, value },
    });
  }
  return { needs: [...needs.values()], issues };
}

export function projectFor(name: string, projects: readonly AccountsProject[]): AccountsProject | undefined {
  const wanted = folded(name.slice(0, NAME_LIMIT));
  const called = projects.filter((candidate) => folded(candidate.name) === wanted);
  return called.find(({ open }) => open) ?? called[0];
}

export function taskFor(
  log: TimeLog,
  project: AccountsProject,
  tasks: readonly AccountsTask[],
): AccountsTask | undefined {
  const wanted = folded(taskName(log));
  return tasks.find(
    ({ projectId, name, open }) => projectId === project.id && open && folded(name) === wanted,
  );
}

/** A task has one charge type in the accounts: what is not billable goes onto one of its own. */
function taskName({ taskName: name = 'General', billable }: TimeLog): string {
  const suffix = billable ? '' : ' (not billable)';
  return `${name.slice(0, TASK_LIMIT - suffix.length)}${suffix}`;
}
