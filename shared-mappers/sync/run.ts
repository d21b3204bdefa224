import { StackbridgeError } from '../errors/stackbridge-error.ts';
import type { Instant } from '../model/instant.ts';
import type { RunSummary } from '../model/run-summary.ts';
import type { Side } from '../model/side.ts';
import { type Brake, type BrakeFacts, type BrakeName, brakesOf } from '../plan/brakes.ts';
import type { Scratch } from '../ports/scratch.ts';
import type { StoreChange } from '../ports/store.ts';
import type { Desk, WritingDesk } from './desk.ts';
import { findMissing, readMissing } from './find-missing.ts';
import type { SyncJob, SyncPorts } from './job.ts';
import { LeaseGuard } from './lease-guard.ts';
import { lookAgain } from './look-again.ts';
import { makePlan } from './make-plan.ts';
import { readSide } from './read-side.ts';
import { rememberPlan } from './remember-plan.ts';
import { stage } from './stage.ts';
import { Tally } from './tally.ts';
import { writeSide } from './write-side.ts';

export interface RunOptions {
  /** Read everything on both sides, whatever the watermarks say. */
  readonly full?: boolean;
  /** Look at these records only; the watermarks stay where they are. */
  readonly only?: Readonly<Record<Side, readonly string[]>>;
  /** Brakes that may be passed. */
  readonly allow?: readonly BrakeName[];
}

/** A plan lies in the working space until it is disposed of: the preview pages through it, `apply` carries it out. */
export interface PlannedRun {
  readonly scratch: Scratch;
  readonly desk: Desk;
  /** Brakes this plan trips, those that were allowed left out. Nothing is written while there is one. */
  readonly brakes: readonly Brake[];
  /** Next watermarks, once everything is settled. */
  readonly watermarks: readonly { readonly side: Side; readonly at: Instant }[];
  readonly readsEverything: boolean;
  dispose(): Promise<void>;
}

/** Reads, matches, merges and plans. Writes nothing anywhere. */
export async function planRun(job: SyncJob, ports: SyncPorts, options: RunOptions = {}): Promise<PlannedRun> {
  return planWith(await openDesk(job, ports), options);
}

async function openDesk(job: SyncJob, ports: SyncPorts): Promise<Desk> {
  const parked = await ports.store.parked({ recipe: job.recipe });
  return {
    runId: ports.random.id(),
    job,
    ports,
    tally: new Tally(),
    parked: Map.groupBy(parked, (row) => row.subject),
  };
}

async function planWith(desk: Desk, options: RunOptions): Promise<PlannedRun> {
  const scratch = await desk.ports.openScratch();
  try {
    return await planInto(scratch, desk, options);
  } catch (error) {
    await scratch.dispose();
    throw error;
  }
}

async function planInto(
  scratch: Scratch & { dispose(): Promise<void> },
  desk: Desk,
  options: RunOptions,
): Promise<PlannedRun> {
  const { job, ports, tally } = desk;
  const linked = await ports.store.countLinks(job.scope);
  const anythingLinked = linked > 0 || (await ports.store.links(job.scope, undefined, 1)).length > 0;
  const since = await startingPoints(job, ports, options);
  const readsEverything = since?.left === 'everything';
  const watermarks: { side: Side; at: Instant }[] = [];
  const facts: ListingFacts[] = [];

  if (since !== undefined) {
    const [left, right] = await bothOrNeither([
      readSide('left', since.left, job, ports, scratch, anythingLinked),
      readSide('right', since.right, job, ports, scratch, anythingLinked),
    ]);
    if (left.serverTime !== undefined) watermarks.push({ side: 'left', at: left.serverTime });
    if (right.serverTime !== undefined) watermarks.push({ side: 'right', at: right.serverTime });
    if (readsEverything && linked > 0) facts.push(...(await lookForMissing(scratch, desk, linked, options)));
  }
  await stageExtra(options, scratch, desk);
  await makePlan(scratch, readsEverything && !job.leftFiltered, desk);

  const { matched, deletes, overwrites } = tally;
  const brakes = brakesOf(
    { linked: Math.max(linked, matched), deletes, overwrites, missing: facts },
    job.options.brakes,
  ).filter((brake) => options.allow?.includes(brake.name) !== true);
  return { scratch, desk, brakes, watermarks, readsEverything, dispose: () => scratch.dispose() };
}

type ListingFacts = BrakeFacts['missing'][number];

/** Linked records that a whole listing left out are asked for by id, unless so many are missing that it is the listing. */
async function lookForMissing(
  scratch: Scratch,
  desk: Desk,
  linked: number,
  options: RunOptions,
): Promise<ListingFacts[]> {
  const { job, ports } = desk;
  const missing = await findMissing(scratch, desk);
  const facts = missing.map(({ side, linked: of, ids }) => ({
    label: side === 'left' ? ports.left.system : ports.right.system,
    linked: of,
    missing: ids.length,
  }));
  const shrunk = brakesOf({ linked, deletes: 0, overwrites: 0, missing: facts }, job.options.brakes);
  if (shrunk.length === 0 || options.allow?.includes('shrink') === true)
    await readMissing(missing, scratch, desk);
  return facts;
}

/** undefined: the run looks at named records only. Both sides are read whole, or neither. */
async function startingPoints(
  job: SyncJob,
  ports: SyncPorts,
  options: RunOptions,
): Promise<Record<Side, Instant | 'everything'> | undefined> {
  if (options.only !== undefined) return undefined;
  const left = await ports.store.watermark(job.recipe, 'left');
  const right = await ports.store.watermark(job.recipe, 'right');
  const memo = await ports.store.memo(versionMemo(job));
  const edited = memo !== undefined && memo.version !== job.mappingVersion;
  if (options.full === true || edited || left === undefined || right === undefined) {
    return { left: 'everything', right: 'everything' };
  }
  return { left, right };
}

function versionMemo(job: SyncJob): string {
  return `mapping:${job.recipe}`;
}

/** A side that failed must not leave the other reading on behind the run's back. */
async function bothOrNeither<A, B>(work: [Promise<A>, Promise<B>]): Promise<[A, B]> {
  const [left, right] = await Promise.allSettled(work);
  if (left.status === 'rejected') throw left.reason;
  if (right.status === 'rejected') throw right.reason;
  return [left.value, right.value];
}

/** Records that have to be looked at although nothing says they changed: named ones, due dead letters, open creates. */
async function stageExtra(
  parked: readonly Parked[],
  options: RunOptions,
  scratch: Scratch,
  { job, ports }: Desk,
): Promise<void> {
  const now = ports.clock.now();
  const due =
    options.only === undefined ? parked.filter((row) => row.retryAt !== undefined && row.retryAt <= now) : [];
  const intents = options.only === undefined ? await ports.store.intents(job.scope) : [];
  const ids: Record<Side, string[]> = {
    left: [...(options.only?.left ?? []), ...due.flatMap((row) => row.leftId ?? [])],
    right: [...(options.only?.right ?? []), ...due.flatMap((row) => row.rightId ?? [])],
  };
  for (const intent of intents) ids[intent.side === 'left' ? 'right' : 'left'].push(intent.sourceId);
  for (const side of ['left', 'right'] as const) {
    const wanted = [...new Set(ids[side])];
    const known = await scratch.staged(side, wanted);
    const unread = wanted.filter((id) => !known.has(id));
    if (unread.length === 0) continue;
    const connector = side === 'left' ? ports.left : ports.right;
    await stage(side, await connector.readByIds(unread, job.map.columns[side]), job, ports, scratch, true);
  }
}

/** How a run ended: `error` is what stopped it early, already told in `summary.stoppedBy`. */
export interface RunResult {
  readonly summary: RunSummary;
  readonly error?: StackbridgeError;
}

/**
 * One cycle: read, match, merge, plan, apply, remember, under the scope's lease from before the first read, so that no
 * plan is carried out that another run has made stale. Anything but a `StackbridgeError` is rethrown.
 *
 * @param holder who runs, for whoever finds the lease taken: `host:pid`.
 * @param onPlan sees the plan before anything of it is written.
 */
export async function sync(
  job: SyncJob,
  ports: SyncPorts,
  holder: string,
  options: RunOptions = {},
  onPlan: (planned: PlannedRun) => Promise<void> = async () => {},
): Promise<RunResult> {
  const desk: Desk = await openDesk(job, ports);
  const callsBefore = { ...ports.calls() };
  const startedAt = ports.clock.now();
  const writes: Record<string, number> = {};
  let error: StackbridgeError | undefined;
  try {
    const guard = await LeaseGuard.acquire(job.scope, holder, ports.store, ports.clock);
    try {
      await cycle(desk, guard, writes, options, onPlan);
    } finally {
      await guard.release();
    }
  } catch (thrown) {
    if (!(thrown instanceof StackbridgeError)) throw thrown;
    error = thrown;
  }
  const summary = summaryOf(desk, startedAt, writes, callsBefore, error);
  await ports.store.saveRun(summary);
  return error === undefined ? { summary } : { summary, error };
}

async function cycle(
  desk: Desk,
  guard: LeaseGuard,
  writes: Record<string, number>,
  options: RunOptions,
  onPlan: (planned: PlannedRun) => Promise<void>,
): Promise<void> {
  const planned = await planWith(desk, options);
  try {
    await onPlan(planned);
    const brake = planned.brakes[0];
    if (brake !== undefined) throw new StackbridgeError(brake.code, brake.message);
    await apply(planned, guard, writes);
  } finally {
    await planned.dispose();
  }
}

/** Carries a plan out. Both sides are written at once; each batch is remembered as soon as it is answered. */
async function apply(planned: PlannedRun, guard: LeaseGuard, writes: Record<string, number>): Promise<void> {
  const { desk, scratch } = planned;
  const stillParked = await rememberPlan(scratch, guard, desk);
  const writing: WritingDesk = { ...desk, guard, stillParked, writes, again: [] };
  await bothOrNeither([writeSide('left', scratch, writing), writeSide('right', scratch, writing)]);
  await lookAgain(writing);
  await desk.ports.store.commit(guard.lease, milestones(planned));
}

function milestones({ watermarks, desk: { job } }: PlannedRun): StoreChange[] {
  return [
    ...watermarks.map(({ side, at }): StoreChange => ({ kind: 'watermark', recipe: job.recipe, side, at })),
    { kind: 'memo', name: versionMemo(job), value: { version: job.mappingVersion } },
  ];
}

/** What a run, or a run that was only planned, came to. */
export function summaryOf(
  { runId, job, ports, tally }: Desk,
  startedAt: Instant,
  writes: Readonly<Record<string, number>>,
  callsBefore: Readonly<Record<string, number>>,
  stopped: StackbridgeError | undefined,
): RunSummary {
  const systems = [ports.left.system, ports.right.system];
  const calls = ports.calls();
  return {
    runId,
    recipe: job.recipe,
    startedAt,
    finishedAt: ports.clock.now(),
    counts: tally.counts(),
    writes: Object.fromEntries(systems.map((system) => [system, writes[system] ?? 0])),
    calls: Object.fromEntries(
      systems.map((system) => [system, (calls[system] ?? 0) - (callsBefore[system] ?? 0)]),
    ),
    ...(tally.pending === 0 ? {} : { pending: tally.pending }),
    excluded: Object.fromEntries(tally.excluded),
    ...(stopped === undefined ? {} : { stoppedBy: stopped.code }),
  };
}
