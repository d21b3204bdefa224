import { nameInMap, peopleIndex } from '../../mapping/people.ts';
import type { LedgerChange, LedgerEntry } from '../../model/billing/ledger.ts';
import type { Project, TimeLog } from '../../model/billing/project-work.ts';
import { fingerprint } from '../../model/fingerprint.ts';
import type {
  AccountsProject,
  AccountsTask,
  AccountsUser,
  DesiredTimeEntry,
} from '../../ports/xero-projects.ts';
import type { BillingIssue, FaultPlace } from './billing-issue.ts';
import { fillTemplate } from './fill-template.ts';
import { findCalled } from './find-called.ts';
import type { BillingContext } from './milestone-facts.ts';
import { otherDestination } from './one-destination.ts';
import { factsOf, planLog, withoutLog } from './plan-time-entry.ts';
import { whyNotTime } from './time-due.ts';
import type {
  ProjectTime,
  TimeEntryPlan,
  TimeEntryPlans,
  TimeNeed,
  TimeOptions,
  TimeState,
} from './time-facts.ts';
import { heldByLog, timeNumber, withMark } from './time-mark.ts';
import { projectNumber, timePlaces } from './time-places.ts';
import { isAsSent } from './time-verdict.ts';

/** Longest text of an entry before its mark. */
const TEXT_LIMIT = 500;

/**
 * Decides, log by log, what becomes of the time entries of all projects together: a log that moved from one to another
 * takes its entry along. Locked and invoiced entries, and those that a person changed, are left.
 */
export function planTimeEntries(
  times: readonly ProjectTime[],
  state: TimeState,
  options: TimeOptions,
  context: BillingContext,
): TimeEntryPlans {
  const held = heldByLog(state.held, state.memories);
  const elsewhere = otherDestination(state.entries, 'charge', context.recipe);
  const rowsOf = Map.groupBy(
    state.entries.filter((entry) => isOurs(entry, context)),
    ({ source }) => source.id,
  );
  const personOf = peopleIndex(context.map.people);
  const described = (log: TimeLog, project: Project): Described => {
    const named = personOf(log)?.user ?? log.personEmail ?? log.personName;
    return describe(log, project, named, options, context);
  };
  const why = (log: TimeLog): string | undefined =>
    whyNotTime(log, options) ?? elsewhere({ kind: 'time-log', id: log.id });
  const freed = new Set(
    state.decisions.flatMap(({ answer, documentNumber }) => (answer === 'free' ? [documentNumber] : [])),
  );
  const memories = new Map(state.memories.map((memory) => [memory.number, memory]));
  const places = timePlaces(times, state, options, context, (log, project) => {
    const number = timeNumber(log.id);
    const isSent = isAsSent(memories.get(number), described(log, project).asked) && !freed.has(number);
    return why(log) === undefined && !isSent;
  });

  const plans: TimeEntryPlan[] = [];
  const known = new Set<string>();
  for (const { project, logs } of times) {
    for (const log of logs) {
      known.add(log.id);
      const facts = factsOf(log.id, titleOf(log, project), held.get(log.id), rowsOf.get(log.id), state);
      const because = why(log);
      if (because !== undefined) {
        plans.push(withoutLog(facts, because, context));
        continue;
      }
      const said = described(log, project);
      const task = places.task(log, project);
      const desired = 'code' in task ? task : desiredEntry(log, task, said, state.users);
      plans.push(planLog(log, said.asked, desired, facts, context));
    }
  }
  for (const [log, entry] of held) {
    const rows = rowsOf.get(log);
    // Near the ends of the span an entry's day may be read as the day before or after.
    const isInside = times.some(({ span }) => entry.date > span.from && entry.date < span.to);
    if (known.has(log) || rows === undefined || !isInside) continue;
    plans.push(withoutLog(factsOf(log, `Time log ${log}`, entry, rows, state), 'the log is gone', context));
  }
  const remember = times.flatMap(({ project }) => linkOf(project, places.project(project), state, context));
  return { plans, needs: usedNeeds(places.needs, plans), remember };
}

/** Nothing is created for entries that are not written after all. */
function usedNeeds(needs: readonly TimeNeed[], plans: readonly TimeEntryPlan[]): TimeNeed[] {
  const used = new Set<string>();
  for (const { write } of plans) {
    if (write === undefined || write.action === 'delete') continue;
    used.add(write.entry.taskId).add(write.entry.projectId);
  }
  return needs.filter(({ id }) => used.has(id));
}

/** A project keeps its project in the accounts when either is renamed. */
function linkOf(
  { id }: Project,
  place: AccountsProject | BillingIssue,
  { projects, memories }: TimeState,
  { scope, recipe, now }: BillingContext,
): LedgerChange[] {
  if ('code' in place || !projects.some((project) => project.id === place.id)) return [];
  const number = projectNumber(id);
  const known = memories.find((memory) => memory.number === number);
  if (known?.documentId === place.id) return [];
  const memory = { scope, recipe, number, subject: id, documentId: place.id, total: '0', at: now };
  return [{ kind: 'document', memory }];
}

/** What a log's entry says, before it is known where in the accounts. */
interface Described {
  /** Whose time it is. */
  readonly user: string;
  readonly description: string;
  readonly asked: string;
  /** Where the map says, or would say, whose it is. */
  readonly at: Omit<FaultPlace, 'near'>;
}

function describe(
  log: TimeLog,
  project: Project,
  user: string,
  { text }: Pick<TimeOptions, 'text'>,
  { key, map }: BillingContext,
): Described {
  const { taskName = '', personName, date, notes, minutes, billable } = log;
  const values = { task: taskName, person: personName, date, notes, project: project.name };
  const description = withMark(fillTemplate(text, values, TEXT_LIMIT), log.id);
  const asked = fingerprint(
    key,
    JSON.stringify([project.id, taskName, user, date, minutes, billable, description]),
  );
  const at = { in: 'map', path: ['people', nameInMap(map.people, log), 'user'] } as const;
  return { user, description, asked, at };
}

function desiredEntry(
  { date, minutes }: TimeLog,
  { id: taskId, projectId }: AccountsTask,
  { user: named, description, at }: Described,
  users: readonly AccountsUser[],
): DesiredTimeEntry | BillingIssue {
  const user = findCalled(named, users, 'Xero has no user', at);
  if ('code' in user) return user;
  return { projectId, taskId, userId: user.id, date, minutes, description };
}

function titleOf({ taskName, personName, date }: TimeLog, project: Project): string {
  return `${project.name}: ${[taskName, personName, date].filter((part) => part !== undefined).join(', ')}`;
}

function isOurs({ recipe, purpose, state, source }: LedgerEntry, context: BillingContext): boolean {
  return recipe === context.recipe && purpose === 'charge' && state !== 'freed' && source.kind === 'time-log';
}
