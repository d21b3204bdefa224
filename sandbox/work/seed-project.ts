import type { Dice } from '../people/dice.ts';
import { addItem, addLog, addPhase, addProject, logOf } from '../zoho-projects/desk-records.ts';
import type { Portal } from '../zoho-projects/portal.ts';
import type { TimeLogRecord } from '../zoho-projects/work-records.ts';
import { dayBefore, workdayEnd } from './calendar.ts';
import {
  GENERAL_WORK,
  ISSUE_NAMES,
  MINUTES,
  NOTES,
  PHASE_NAMES,
  PROJECT_GROUPS,
  TASK_NAMES,
} from './work-words.ts';

/** One customer's project before it is entered. */
export interface ProjectDraft {
  name: string;
  customer: string;
  /** From 0. */
  index: number;
  /** zpuids. */
  people: readonly string[];
  amounts: { milestones: number; logs: number; closed: number };
}

/** Ids of what was entered. */
export interface SeededProject {
  id: string;
  milestones: string[];
  closed: string[];
}

/** How far back the work goes. */
const SPAN_DAYS = 170;
const TASKS_PER_MILESTONE = 4;

/** A project as agencies have them: milestones on the way, most time billable and most of that approved. */
export function seedProject(portal: Portal, draft: ProjectDraft, dice: Dice): SeededProject {
  const { amounts, people, index } = draft;
  const id = addProject(portal, {
    name: draft.name,
    owner: dice.pick(people),
    client: { id: portal.freshId(), name: draft.customer },
    group: PROJECT_GROUPS[index % PROJECT_GROUPS.length],
    currency: 'AUD',
    start_date: dayBefore(portal.now(), SPAN_DAYS),
    end_date: undefined,
    custom: {},
  });
  const seeded: SeededProject = { id, milestones: [], closed: [] };
  for (let at = 0; at < amounts.milestones; at++) {
    const isClosed = (at + 1) / amounts.milestones <= amounts.closed;
    const phase = addPhase(portal, {
      project: id,
      name: PHASE_NAMES[at] ?? `Phase ${at + 1}`,
      start_date: dayBefore(portal.now(), daysAgo(at, amounts.milestones)),
      end_date: dayBefore(portal.now(), daysAgo(at + 1, amounts.milestones)),
      owner: dice.pick(people),
      flag: dice.chance(0.7) ? 'external' : 'internal',
      closed: isClosed,
      custom: dice.chance(0.25) ? { cf_fixed_amount: `${500 + 250 * dice.whole(10)}.00` } : {},
    });
    seeded.milestones.push(phase);
    if (isClosed) seeded.closed.push(phase);
    seedWork(portal, draft, { id, phase, at, isClosed }, dice);
  }
  return seeded;
}

interface Place {
  id: string;
  phase: string;
  at: number;
  isClosed: boolean;
}

function seedWork(portal: Portal, { people, amounts }: ProjectDraft, place: Place, dice: Dice): void {
  const enter = (kind: 'task' | 'issue', names: readonly string[]): string =>
    addItem(portal, kind, {
      project: place.id,
      milestone: place.phase,
      name: dice.pick(names),
      tasklist: 'General',
      owner: dice.pick(people),
      closed: place.isClosed,
      custom: {},
    });
  const tasks = Array.from({ length: TASKS_PER_MILESTONE }, () => enter('task', TASK_NAMES));
  const issue = enter('issue', ISSUE_NAMES);
  const from = daysAgo(place.at, amounts.milestones);
  const to = daysAgo(place.at + 1, amounts.milestones);
  for (let n = 0; n < amounts.logs; n++) {
    const kind = dice.whole(20);
    const date = dayBefore(portal.now(), to + 1 + dice.whole(Math.max(1, from - to)));
    const log = addLog(portal, {
      ...(kind === 0 ? { project: place.id } : kind <= 2 ? { issue } : { task: dice.pick(tasks) }),
      date,
      hours: dice.pick(MINUTES),
      bill_status: dice.chance(0.85),
      notes: dice.pick(NOTES),
      log_name: dice.pick(GENERAL_WORK),
      owner: dice.pick(people),
      approval: approvalOf(dice),
    });
    portal.logs.put({ ...logOf(portal, log), createdMs: workdayEnd(date), modifiedMs: workdayEnd(date) });
  }
}

function approvalOf(dice: Dice): TimeLogRecord['approval'] {
  const draw = dice.whole(20);
  if (draw === 0) return 'Rejected';
  return draw <= 3 ? 'Pending' : 'Approved';
}

/** When the milestone at that place began, the last of them ending today. */
function daysAgo(at: number, milestones: number): number {
  return Math.round((SPAN_DAYS * (milestones - at)) / milestones);
}
