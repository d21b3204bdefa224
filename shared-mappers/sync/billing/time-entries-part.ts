import { checkUsers } from '../../plan/billing/check-people.ts';
import { clock } from '../../plan/billing/clock.ts';
import { A_FEW } from '../../plan/billing/listing-brake.ts';
import { faultOfIssue } from '../../plan/billing/map-fault.ts';
import { planTimeEntries } from '../../plan/billing/plan-time-entries.ts';
import type { EmptyListing } from '../../plan/billing/time-brake.ts';
import { whyNotTime } from '../../plan/billing/time-due.ts';
import type {
  ProjectTime,
  TimeEntryPlan,
  TimeEntryPlans,
  TimeOptions,
  TimeState,
  TimeWrite,
} from '../../plan/billing/time-facts.ts';
import { markedLog } from '../../plan/billing/time-mark.ts';
import { projectFor, projectsToRead } from '../../plan/billing/time-places.ts';
import type { Answered } from '../../plan/billing/time-plan.ts';
import { previewOfEntry } from '../../plan/billing/time-preview.ts';
import type { TimeTarget } from '../../ports/xero-projects.ts';
import type { PlanningDesk, WritingDesk } from './billing-job.ts';
import { createPlaces, type PlacesDesk } from './create-places.ts';
import { Customers } from './customers.ts';
import type { FoundTime } from './read-time.ts';
import { readTimeState, type TimeReading } from './read-time-state.ts';
import { settleParked } from './settle-parked.ts';
import { plannedTime, type TimePart } from './time-part.ts';
import { type SingleWrite, writeOneByOne } from './write-one-by-one.ts';

export interface TimeEntriesRecipe extends TimeReading {
  /** A customer that the accounts do not have may be created there, for a project. */
  readonly createsContacts: boolean;
}

/** Time entries of Xero Projects, planned. */
export async function timeEntriesPart(
  found: FoundTime,
  recipe: TimeEntriesRecipe,
  desk: PlanningDesk,
): Promise<TimePart> {
  const { options, createsContacts } = recipe;
  const { context, isWanted } = desk;
  const state = await readTimeState(found, recipe, desk);
  const missing = found.projects.filter(({ project, logs }) => {
    const place = projectFor(project, state);
    return 'code' in place && place.code === 'PROJECT_MISSING' && logs.some((log) => isDue(log, options));
  });
  const parties = missing.map(({ project }) => partyOf(project));
  const wantsContacts = options.create.projects && parties.length > 0;
  const customers = await Customers.find(wantsContacts ? parties : [], desk.ports.target, createsContacts);
  const timesOf = (): ProjectTime[] =>
    found.projects.map(({ project, logs }) => {
      return { project, contact: customers.of(partyOf(project)).contact, logs, span: found.span };
    });
  const planWith = (known: TimeState): TimeEntryPlans => {
    const { plans, needs, remember } = planTimeEntries(timesOf(), known, options, context);
    return { plans: plans.filter(({ subject }) => isWanted(subject)), needs, remember };
  };

  const first = planWith(state);
  const named = withNeeds(state, first);
  return {
    planned: first.plans.map((plan) => plannedTime(plan, () => previewOfEntry(plan, named))),
    leftOut: [],
    faults: [
      ...checkUsers(context.map, state.users),
      ...first.plans.flatMap(({ issues }) => issues.map(faultOfIssue)),
    ],
    standing: state.held.filter(({ description }) => markedLog(description) !== undefined).length,
    leaving: first.plans.filter(({ write }) => write?.action === 'delete').length,
    empty: emptyListings(found, first.plans, state),
    async write(writing) {
      const places: PlacesDesk = { customers, target: recipe.target, planWith };
      const { plans, remember } = await createPlaces(first, state, places, writing);
      if (remember.length > 0) {
        await writing.guard.hold();
        await writing.ports.ledger.commitLedger(writing.guard.lease, remember);
      }
      await writeEntries(first.plans, plans, recipe.target, writing);
    },
  };
}

/** Projects that came without a log, and how many entries there would be deleted. */
function emptyListings(
  { projects }: FoundTime,
  plans: readonly TimeEntryPlan[],
  state: TimeState,
): EmptyListing[] {
  const deleted = plans.flatMap(({ write }) => (write?.action === 'delete' ? [write.held.projectId] : []));
  return projects
    .filter(({ logs }) => logs.length === 0)
    .map(({ project }) => {
      const places = new Set(projectsToRead(project, state));
      const leaving = deleted.filter((place) => places.has(place)).length;
      return { title: `time logs of ${project.name}`, leaving, unasked: A_FEW };
    });
}

/** @param after what the same logs come to once everything is there that they need */
async function writeEntries(
  before: readonly TimeEntryPlan[],
  after: readonly TimeEntryPlan[],
  target: TimeTarget,
  desk: WritingDesk,
): Promise<void> {
  const wanted = new Set(before.flatMap(({ subject, write }) => (write === undefined ? [] : [subject])));
  const plans = after.filter(({ subject }) => wanted.has(subject));
  await settleParked(
    plans.filter(({ write }) => write === undefined).map((plan) => plannedTime(plan, () => undefined)),
    desk,
  );
  const writes = plans.flatMap((plan): SingleWrite<TimeWrite>[] => {
    const { write } = plan;
    if (write === undefined) return [];
    const entry = write.action === 'delete' ? write.held : write.entry;
    const said = `${clock(entry.minutes)} on ${entry.date}`;
    return [{ one: plannedTime(plan, () => undefined), write, after: write.action === 'delete' ? '' : said }];
  });
  await writeOneByOne(writes, (write) => send(write, target), desk);
}

async function send(write: TimeWrite, target: TimeTarget): Promise<Answered> {
  if (write.action === 'create') return { id: (await target.createTimeEntry(write.entry)).id };
  const { held } = write;
  if (write.action === 'delete') {
    await target.deleteTimeEntry(held);
    return { id: held.id };
  }
  if (!write.moves) {
    await target.updateTimeEntry(held, write.entry);
    return { id: held.id };
  }
  await target.deleteTimeEntry(held);
  return { id: (await target.createTimeEntry(write.entry)).id };
}

/** The accounts as they will be once what is needed has been created. */
function withNeeds(state: TimeState, { needs }: TimeEntryPlans): TimeState {
  const projects = needs.flatMap((need) => (need.need === 'project' ? [{ ...need, open: true }] : []));
  const tasks = needs.flatMap((need) => (need.need === 'task' ? [{ ...need, open: true }] : []));
  return { ...state, projects: [...state.projects, ...projects], tasks: [...state.tasks, ...tasks] };
}

function isDue(log: ProjectTime['logs'][number], options: TimeOptions): boolean {
  return whyNotTime(log, options) === undefined;
}

function partyOf({ customerId, customerName }: ProjectTime['project']) {
  return { id: customerId, name: customerName };
}
