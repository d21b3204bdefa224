import { nearest } from '../../mapping/mapping-problem.ts';
import { folded } from '../../mapping/people.ts';
import type { Project, TimeLog } from '../../model/billing/project-work.ts';
import type { AccountsProject, AccountsTask } from '../../ports/xero-projects.ts';
import { type BillingIssue, failure } from './billing-issue.ts';
import { fillTemplate } from './fill-template.ts';
import type { BillingContext } from './milestone-facts.ts';
import { rateTable } from './rates.ts';
import type { ProjectTime, TimeNeed, TimeOptions, TimeState } from './time-facts.ts';

/** Longest name of a task; of projects the documentation gives no limit, and none is made longer either. */
const NAME_LIMIT = 100;

/** What the recipe may create, and how. */
const CREATE = ['destinations', 'xero-projects', 'create'];

/** Where time goes in the accounts, what is not there yet under a made-up id. */
export interface TimePlaces {
  project(project: Project): AccountsProject | BillingIssue;
  task(log: TimeLog, project: Project): AccountsTask | BillingIssue;
  /** To create before anything is entered there, projects first. */
  readonly needs: readonly TimeNeed[];
}

/** @param wanted logs that have to be entered */
export function timePlaces(
  times: readonly ProjectTime[],
  state: TimeState,
  options: Pick<TimeOptions, 'create' | 'taskName'>,
  context: BillingContext,
  wanted: (log: TimeLog, project: Project) => boolean,
): TimePlaces {
  const needs = new Map<string, TimeNeed>();
  const projects = new Map<string, AccountsProject | BillingIssue>();
  const tasks = new Map<string, AccountsTask | BillingIssue>();
  const rates = rateTable(context.map);
  const taskKey = (log: TimeLog, { id }: Project): string => `${id} ${folded(nameOfTask(log, options))}`;

  for (const time of times) {
    const { project } = time;
    const logs = time.logs.filter((log) => wanted(log, project));
    const there = projectFor(project, state);
    if (logs.length === 0 || !('code' in there)) {
      projects.set(project.id, there);
    } else {
      const need = newProject(time, there, options, context, state.refusals);
      projects.set(project.id, 'code' in need ? need : madeUp(need));
      if (!('code' in need)) needs.set(need.id, need);
    }
    const place = projects.get(project.id);
    if (place === undefined || 'code' in place) continue;
    for (const [key, some] of Map.groupBy(logs, (log) => taskKey(log, project))) {
      const found = taskOf(some, project, place);
      if ('need' in found) needs.set(found.id, found);
      tasks.set(key, 'need' in found ? { ...found, open: true } : found);
    }
  }

  function taskOf(
    logs: readonly TimeLog[],
    project: Project,
    place: AccountsProject,
  ): AccountsTask | BillingIssue | (TimeNeed & { readonly need: 'task' }) {
    const [first] = logs;
    const name = first === undefined ? '' : nameOfTask(first, options);
    const isBillable = first?.billable !== false;
    const called = state.tasks.filter((task) => {
      return task.projectId === place.id && folded(task.name) === folded(name);
    });
    const there = called.find(({ open }) => open);
    if (there !== undefined) return there.chargeType === 'fixed' ? there : fitting(there, isBillable, place);
    const title = `task ${name} of the project ${place.name}`;
    if (called.length > 0) return failure('ACCOUNT_UNUSABLE', `The ${title} is invoiced or locked in Xero`);
    if (!options.create.tasks) {
      const names = state.tasks.filter(({ projectId }) => projectId === place.id).map((task) => task.name);
      const message = `Project ${place.name} has no task ${name} in Xero`;
      return failure('PROJECT_MISSING', message, { in: 'recipe', path: CREATE, near: likest(name, names) });
    }
    const id = `new:${place.id}:${folded(name)}`;
    const refused = state.refusals?.get(id);
    if (refused !== undefined) return refused;
    const currency = place.currency ?? context.chart.organisation.baseCurrency;
    const prices = new Map(
      logs.map((log) => [isBillable ? rates(log, project, currency) : '0', log] as const),
    );
    const unpriced = prices.get(undefined);
    if (unpriced !== undefined) {
      const { personName, date } = unpriced;
      const message = `No rate in ${currency} for ${personName} on ${date}`;
      return failure('RATE_MISSING', message, { in: 'map', path: ['rates'], near: [] });
    }
    const [value = '0', ...others] = [...prices.keys()];
    if (others.length > 0) {
      const message = `The ${title} would need ${others.length + 1} rates`;
      return failure('RATES_DIFFER', message, {
        in: 'recipe',
        path: ['destinations', 'xero-projects'],
        near: [],
      });
    }
    const chargeType = isBillable ? 'time' : 'non-chargeable';
    return { need: 'task', id, projectId: place.id, name, chargeType, rate: { currency, value } };
  }

  return {
    needs: [...needs.values()],
    project: (project) => projects.get(project.id) ?? missingProject(project.name, []),
    task(log, project) {
      const place = projects.get(project.id);
      if (place !== undefined && 'code' in place) return place;
      return tasks.get(taskKey(log, project)) ?? missingProject(project.name, []);
    },
  };
}

/** The ledger's number for the project that a project's time goes to. */
export function projectNumber(projectId: string): string {
  return `ZPROJ-${projectId}`;
}

/** The project its time went to before, whatever it is called now; else the open one of its name. */
export function projectFor(
  { id, name }: Project,
  { projects, memories }: Pick<TimeState, 'projects' | 'memories'>,
): AccountsProject | BillingIssue {
  const linked = memories.find(({ number }) => number === projectNumber(id))?.documentId;
  const before = projects.find((candidate) => candidate.id === linked);
  if (before?.open === true) return before;
  const wanted = folded(name.slice(0, NAME_LIMIT));
  const called = projects.filter((candidate) => folded(candidate.name) === wanted);
  const [only, ...others] = called.filter(({ open }) => open);
  if (others.length > 0) {
    return failure('SEVERAL_MATCHES', `${others.length + 1} open projects in Xero are called ${name}`);
  }
  if (only !== undefined) return only;
  const closed = before ?? called[0];
  if (closed !== undefined) return failure('ACCOUNT_UNUSABLE', `Project ${closed.name} is closed in Xero`);
  const names = projects.filter(({ open }) => open).map((project) => project.name);
  return missingProject(name, likest(name, names));
}

function missingProject(name: string, near: readonly string[]): BillingIssue {
  return failure('PROJECT_MISSING', `Xero has no project ${name}`, { in: 'recipe', path: CREATE, near });
}

function likest(name: string, names: readonly string[]): string[] {
  const near = nearest(name, names);
  return near === undefined ? [] : [near];
}

/** Every project in the accounts that its time may stand on. */
export function projectsToRead(
  { id, name }: Project,
  { projects, memories }: Pick<TimeState, 'projects' | 'memories'>,
): string[] {
  const linked = memories.find(({ number }) => number === projectNumber(id))?.documentId;
  const wanted = folded(name.slice(0, NAME_LIMIT));
  return projects
    .filter((project) => project.id === linked || folded(project.name) === wanted)
    .map((project) => project.id);
}

function newProject(
  { project, contact }: ProjectTime,
  missing: BillingIssue,
  { create }: Pick<TimeOptions, 'create'>,
  { chart }: BillingContext,
  refusals: TimeState['refusals'],
): (TimeNeed & { readonly need: 'project' }) | BillingIssue {
  if (missing.code !== 'PROJECT_MISSING' || !create.projects) return missing;
  const { baseCurrency } = chart.organisation;
  if (project.currency !== undefined && project.currency !== baseCurrency) {
    const message = `Project ${project.name} is in ${project.currency}; projects in Xero are in ${baseCurrency}`;
    return failure('CURRENCY_DIFFERS', message);
  }
  if ('issue' in contact) return { ...contact.issue, at: { in: 'recipe', path: CREATE, near: [] } };
  const id = `new:${project.id}`;
  const name = project.name.slice(0, NAME_LIMIT);
  const party = { id: project.customerId, name: project.customerName };
  return refusals?.get(id) ?? { need: 'project', id, name, contactId: contact.id, party };
}

function madeUp({ id, name, contactId }: TimeNeed & { readonly need: 'project' }): AccountsProject {
  return { id, name, contactId, open: true };
}

/** A task has one charge type: billable time on one that nobody is charged for would never be invoiced. */
function fitting(
  task: AccountsTask,
  isBillable: boolean,
  { name }: AccountsProject,
): AccountsTask | BillingIssue {
  const isCharged = task.chargeType === 'time';
  if (isCharged === isBillable) return task;
  const words = isBillable ? 'is not chargeable, and the time is' : 'is chargeable, and the time is not';
  return failure('ACCOUNT_UNUSABLE', `Task ${task.name} of the project ${name} ${words}`);
}

/** What is not billable goes onto a task of its own. */
function nameOfTask(
  { taskName = '', personName, billable }: TimeLog,
  { taskName: template }: Pick<TimeOptions, 'taskName'>,
): string {
  const suffix = billable ? '' : ' (not billable)';
  const name = fillTemplate(template, { task: taskName, person: personName }, NAME_LIMIT - suffix.length);
  return `${name === '' ? 'General' : name}${suffix}`;
}
