import { inParallel } from '../../http/in-parallel.ts';
import type { DocumentMemory } from '../../model/billing/ledger.ts';
import type { Project } from '../../model/billing/project-work.ts';
import type { BillingContext } from '../../plan/billing/milestone-facts.ts';
import { whyNotTime } from '../../plan/billing/time-due.ts';
import type { TimeOptions, TimeState } from '../../plan/billing/time-facts.ts';
import { markedLog } from '../../plan/billing/time-mark.ts';
import { projectNumber, projectsToRead } from '../../plan/billing/time-places.ts';
import { ledgerOnEntries } from '../../plan/billing/time-seal.ts';
import type { AccountsProject, HeldTimeEntry, TimeTarget } from '../../ports/xero-projects.ts';
import type { BillingPorts, PlanningDesk } from './billing-job.ts';
import { billingDecision } from './ledger-facts.ts';
import type { FoundTime } from './read-time.ts';

/** Calls at once, of the five that Xero takes. */
const AT_ONCE = 4;

export interface TimeReading {
  readonly options: TimeOptions;
  readonly target: TimeTarget;
}

/** What the accounts hold of the logs, and what the ledger knows of it, wherever that stands. */
export async function readTimeState(
  found: FoundTime,
  { options, target }: TimeReading,
  { ports, context }: PlanningDesk,
): Promise<TimeState> {
  const { ledger, store, progress } = ports;
  progress.begin('read-right');
  const [projects, users] = await Promise.all([target.projects(), target.users()]);
  const reading: Reading = { found, projects, target, context, ledger };
  const seals = ledger.onDocuments !== undefined;
  const there = seals ? await readSealed(reading, options) : await readRemembered(reading, options);
  const places = new Set(
    found.projects.flatMap(({ project }) => projectsToRead(project, { ...there, projects })),
  );
  const open = projects.filter((project) => project.open && places.has(project.id));
  const tasks = (await inParallel(open, AT_ONCE, ({ id }) => target.tasks(id))).flat();
  const decisions = await store.decisions(context.scope, logsOf(found, there.held));
  progress.end('read-right');
  return { projects, tasks, users, ...there, seals, decisions: decisions.flatMap(billingDecision) };
}

interface Reading extends Pick<BillingPorts, 'ledger'> {
  readonly found: FoundTime;
  readonly projects: readonly AccountsProject[];
  readonly target: TimeTarget;
  readonly context: BillingContext;
}

/** What is there, and what is remembered of it. */
type Standing = Pick<TimeState, 'held' | 'entries' | 'memories'>;

/** A store knows which project goes where, so that only those are read which may hold something. */
async function readRemembered(reading: Reading, options: TimeOptions): Promise<Standing> {
  const { found, projects, ledger, context } = reading;
  const { scope, recipe } = context;
  const projectIds = found.projects.map(({ project }) => project.id);
  const links = await ledger.documents(scope, recipe, projectIds);
  const places = found.projects
    .filter(({ project, logs }) => {
      const isLinked = links.some(({ subject }) => subject === project.id);
      return isLinked || logs.some((log) => whyNotTime(log, options) === undefined);
    })
    .flatMap(({ project }) => projectsToRead(project, { projects, memories: links }));
  const held = await entriesOn(places, reading);
  const ids = logsOf(found, held);
  const sources = ids.map((id) => ({ kind: 'time-log', id }) as const);
  const [entries, memories] = await Promise.all([
    ledger.entries(scope, sources),
    ledger.documents(scope, recipe, ids),
  ]);
  return { held, entries, memories: [...links, ...memories] };
}

/**
 * Only the entries tell where a project's time goes. One that has logs, and none of them where its name leads, may have
 * been renamed: then its entries are looked for everywhere, before anything is entered a second time. Where the time of
 * one project alone was handed over, a log may have come to it from another.
 */
async function readSealed(reading: Reading, options: TimeOptions): Promise<Standing> {
  const { found, projects, context } = reading;
  const called = (project: Project): string[] => projectsToRead(project, { projects, memories: [] });
  const byName = found.projects.map(({ project }) => called(project));
  const own = new Set(byName.flat());
  const onOwn = await entriesOn([...own], reading);
  const known = new Set(found.projects.flatMap(({ logs }) => logs.map(({ id }) => id)));
  const isOfOurs = ({ description }: HeldTimeEntry): boolean => known.has(markedLog(description) ?? '');

  const entered = new Set(onOwn.map(({ description }) => markedLog(description)));
  const isUnentered = found.projects.some(({ logs }) =>
    logs.some((log) => whyNotTime(log, options) === undefined && !entered.has(log.id)),
  );
  const unread = new Set(found.unread.flatMap(called).filter((place) => !own.has(place)));
  const origins = isUnentered ? found.origins.flatMap(called).filter((place) => !own.has(place)) : [];
  const came = (await entriesOn(origins, reading)).filter(isOfOurs);
  const held = [...onOwn, ...came];

  const placeOf = new Map(held.map(({ description, projectId }) => [markedLog(description), projectId]));
  const lost = found.projects.filter(({ logs }, at) => {
    const places = byName[at] ?? [];
    return logs.length > 0 && !logs.some(({ id }) => places.includes(placeOf.get(id) ?? ''));
  });
  const rest = projects.flatMap(({ id }) => (lost.length === 0 || own.has(id) || unread.has(id) ? [] : [id]));
  const elsewhere = await entriesOn(rest, reading);
  const taken = new Set(found.others.flatMap(called));
  const free = elsewhere.filter(({ projectId }) => !taken.has(projectId));
  const links = lost.flatMap((one) => linkTo(one, free, context));
  // Elsewhere only logs count that there still are: others may be of projects that this recipe leaves alone.
  const linked = new Set(links.map(({ documentId }) => documentId));
  const ours = elsewhere.filter((entry) => linked.has(entry.projectId) || isOfOurs(entry));
  const all = [...held, ...ours];
  const { entries, memories } = ledgerOnEntries(all, known, context);
  return { held: all, entries, memories: [...links, ...memories] };
}

/** Where most of a project's time stands. */
function linkTo(
  { project, logs }: FoundTime['projects'][number],
  elsewhere: readonly HeldTimeEntry[],
  { scope, recipe }: BillingContext,
): DocumentMemory[] {
  const ids = new Set(logs.map(({ id }) => id));
  const own = elsewhere.filter(({ description }) => ids.has(markedLog(description) ?? ''));
  const places = [...Map.groupBy(own, ({ projectId }) => projectId)];
  const [most] = places.toSorted(([, a], [, b]) => b.length - a.length);
  if (most === undefined) return [];
  const number = projectNumber(project.id);
  return [{ scope, recipe, number, subject: project.id, documentId: most[0], total: '0', at: 0 }];
}

async function entriesOn(
  places: readonly string[],
  { found: { asked }, target }: Pick<Reading, 'found' | 'target'>,
): Promise<HeldTimeEntry[]> {
  const read = await inParallel([...new Set(places)], AT_ONCE, (id) => target.timeEntries(id, asked));
  return read.flat();
}

/** Logs there are, and logs that what is held is marked with. */
function logsOf({ projects }: FoundTime, held: readonly HeldTimeEntry[]): string[] {
  const marked = held.flatMap(({ description }) => markedLog(description) ?? []);
  return [...new Set([...projects.flatMap(({ logs }) => logs.map(({ id }) => id)), ...marked])];
}
