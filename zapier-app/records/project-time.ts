import type { TimeLog } from '@stackbridge/shared-mappers/model/billing/project-work.ts';
import type { PlainOutputField } from 'zapier-platform-core';
import { type ProjectTimeDelivery, packTime } from '../billing/time-delivery.ts';
import { zohoProjects } from '../connection/zoho.ts';
import type { Step } from '../step.ts';
import { allOf } from './all-of.ts';
import { firstSeen } from './first-seen.ts';
import { printOf } from './print.ts';
import { chosenAmong } from './projects-looked-at.ts';
import { idSince, type RecipeWatch } from './recipe-watch.ts';

export interface TimeWanted {
  readonly portal?: string | undefined;
  /** Id; absent: all projects. */
  readonly project?: string | undefined;
  /** Before the current one. */
  readonly months: number;
  /** Of the recipe, whose edit makes other items of all projects. */
  readonly watch: RecipeWatch;
}

/** Where a log leaves one project for another both look changed at one check, or at two that follow each other. */
const DAY_MS = 86_400_000;

/**
 * The time of each project, a project without any among them: its last log may have been deleted. Whole months are read,
 * so that a project does not look changed whenever a day has passed.
 */
export async function projectTimes(step: Step, { portal, project: chosen, months, watch }: TimeWanted) {
  const source = zohoProjects(step, portal);
  const { clock } = step.ports;
  const { from, to } = wholeMonths(new Date(clock.now()), months);
  const all = await allOf(source.projects());
  const read: ReadTime[] = [];
  for (const project of chosenAmong(all, chosen)) {
    const readAt = clock.now();
    const logs = await allOf(source.timeLogs(project.id, from, to));
    read.push({ project, logs, readAt });
  }
  const states = new Map(read.map((one) => [one.project.id, stateOf(one)]));
  const since = await firstSeen(step, `time ${portal ?? ''} ${chosen ?? ''} ${months}`, states);
  const lately = clock.now() - DAY_MS;
  const named = all.map(({ id, name }) => ({ id, name, changedLately: (since.get(id) ?? 0) > lately }));
  await watch.done();
  return read
    .map((one) => {
      const { id } = one.project;
      const others = named.filter((other) => other.id !== id);
      const changedAt = since.get(id) ?? one.readAt;
      return {
        id: idSince(watch, `${id}-${changedAt}`, changedAt),
        ...projectTimeItem({ ...one, from, to, others }),
      };
    })
    .toReversed();
}

type ReadTime = Pick<ProjectTimeDelivery, 'project' | 'logs' | 'readAt'>;

function projectTimeItem(delivery: ProjectTimeDelivery) {
  const { project, logs, from, to, readAt } = delivery;
  const { id: projectId, name, customerId = '', customerName = '' } = project;
  return {
    projectId,
    project: name,
    customerId,
    customer: customerName,
    from,
    to,
    readAt: new Date(readAt).toISOString(),
    entries: logs.length,
    minutes: minutesOf(logs),
    approvedMinutes: minutesOf(logs.filter(({ approval }) => approval === 'approved')),
    time: packTime(delivery),
  };
}

/** Another one whenever something has changed that an entry is made of. */
function stateOf({ project, logs }: ReadTime): string {
  const { name, customerId, customerName, currency } = project;
  const said = logs.map(({ modifiedAt: _, ...log }) => JSON.stringify(log)).sort();
  return printOf([name, customerId, customerName, currency, said]);
}

function minutesOf(logs: readonly TimeLog[]): number {
  return logs.reduce((sum, { minutes }) => sum + minutes, 0);
}

/** From the day before the first month, since days at the edge may be read as their neighbours, to the end of the next. */
function wholeMonths(today: Date, months: number): { readonly from: string; readonly to: string } {
  const [year, month] = [today.getUTCFullYear(), today.getUTCMonth()];
  const day = (date: number): string => new Date(date).toISOString().slice(0, 10);
  return { from: day(Date.UTC(year, month - months, 0)), to: day(Date.UTC(year, month + 2, 0)) };
}

export const PROJECT_TIME_SAMPLE = {
  id: '4000000010001-1793606400000',
  projectId: '4000000010001',
  project: 'Website relaunch',
  customerId: '4000000000333',
  customer: 'Analytical Engines Ltd',
  from: '2026-06-30',
  to: '2026-11-30',
  readAt: '2026-10-28T08:00:00.000Z',
  entries: 12,
  minutes: 1680,
  approvedMinutes: 1540,
};

export const PROJECT_TIME_OUTPUT: PlainOutputField[] = [
  { key: 'id', label: 'ID' },
  { key: 'projectId', label: 'Project ID' },
  { key: 'project', label: 'Project' },
  { key: 'customerId', label: 'Customer ID' },
  { key: 'customer', label: 'Customer' },
  { key: 'from', label: 'First Day' },
  { key: 'to', label: 'Last Day' },
  { key: 'readAt', label: 'Read At', type: 'datetime' },
  { key: 'entries', label: 'Number of Time Entries', type: 'integer' },
  { key: 'minutes', label: 'Minutes', type: 'integer' },
  { key: 'approvedMinutes', label: 'Approved Minutes', type: 'integer' },
  { key: 'time', label: 'Time for Billing Steps' },
];
