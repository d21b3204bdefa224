import type { Instant } from '../model/instant.ts';
import type { SourceRecord } from '../model/record.ts';
import { SIDES, type Side } from '../model/side.ts';
import { type Brake, type BrakeFacts, type BrakeName, brakesOf } from '../plan/brakes.ts';
import type { Known } from '../plan/contact-group.ts';
import type { Scratch } from '../ports/scratch.ts';
import type { Intent } from '../ports/store.ts';
import { bothOrNeither } from './both-sides.ts';
import type { Desk } from './desk.ts';
import { findMissing, readMissing } from './find-missing.ts';
import type { SyncJob, SyncPorts } from './job.ts';
import { makePlan, NOTHING_KNOWN } from './make-plan.ts';
import { readSide } from './read-side.ts';
import { stage } from './stage.ts';
import { Tally } from './tally.ts';

export interface RunOptions {
  /** Read everything on both sides, whatever the watermarks say. */
  readonly full?: boolean;
  /** Look at these records only; the watermarks stay where they are. */
  readonly only?: Readonly<Record<Side, readonly string[]>>;
  /** Records that have been read already; no listing is read, and the watermarks are the caller's. */
  readonly records?: ReadRecords;
  /** Brakes that may be passed. */
  readonly allow?: readonly BrakeName[];
}

export interface ReadRecords extends Readonly<Record<Side, readonly SourceRecord[]>> {
  /** What their being read whole, or delivered one by one, says about whoever is not among them. */
  readonly known: Known;
  readonly readsEverything: boolean;
}

/** A plan lies in the working space until it is disposed of: the preview pages through it, `apply` carries it out. */
export interface PlannedRun {
  readonly scratch: Scratch;
  readonly desk: Desk;
  /** Brakes this plan trips, those that were allowed left out. Nothing is written while there is one. */
  readonly brakes: readonly Brake[];
  /** Next watermarks, once everything is settled. */
  readonly watermarks: readonly { readonly side: Side; readonly at: Instant }[];
  /** Creates of an earlier run whose outcome was not remembered: looked at in this one. */
  readonly intents: readonly Intent[];
  readonly readsEverything: boolean;
  dispose(): Promise<void>;
}

/** Reads, matches, merges and plans. Writes nothing anywhere. */
export async function planRun(job: SyncJob, ports: SyncPorts, options: RunOptions = {}): Promise<PlannedRun> {
  return planWith(await openDesk(job, ports), options);
}

/** Opens the books of one run. */
export async function openDesk(job: SyncJob, ports: SyncPorts): Promise<Desk> {
  const parked = await ports.store.parked({ recipe: job.recipe });
  return {
    runId: ports.random.id(),
    job,
    ports,
    tally: new Tally(),
    parked: Map.groupBy(parked, (row) => row.subject),
  };
}

/** As `planRun`, with the books already open. */
export async function planWith(desk: Desk, options: RunOptions): Promise<PlannedRun> {
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
  const readsEverything = options.records?.readsEverything ?? since?.left === 'everything';
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
  for (const side of SIDES) await stage(side, options.records?.[side] ?? [], job, ports, scratch, true);
  const intents = options.only === undefined ? await ports.store.intents(job.scope) : [];
  await stageExtra(options, intents, scratch, desk);
  const known = options.records
    ? options.records.known
    : readsEverything
      ? // A linked contact may have moved to the address of a member that nothing links yet.
        { leftVerified: linked === 0 && !job.leftFiltered, rightVerified: true, sharersKnown: true }
      : NOTHING_KNOWN;
  await makePlan(scratch, known, desk);

  const { matched, deletes, overwrites } = tally;
  const brakes = brakesOf(
    { linked: Math.max(linked, matched), deletes, overwrites, missing: facts },
    job.options.brakes,
  ).filter((brake) => options.allow?.includes(brake.name) !== true);
  return { scratch, desk, brakes, watermarks, intents, readsEverything, dispose: () => scratch.dispose() };
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
  if (options.only !== undefined || options.records !== undefined) return undefined;
  const left = await ports.store.watermark(job.recipe, 'left');
  const right = await ports.store.watermark(job.recipe, 'right');
  const memo = await ports.store.memo(versionMemo(job));
  const edited = memo !== undefined && memo.version !== job.mappingVersion;
  if (options.full === true || edited || left === undefined || right === undefined) {
    return { left: 'everything', right: 'everything' };
  }
  return { left, right };
}

/** Under this name the store remembers which mapping the bases were made by. */
export function versionMemo(job: SyncJob): string {
  return `mapping:${job.recipe}`;
}

/** Records that have to be looked at although nothing says they changed: named ones, due dead letters, open creates. */
async function stageExtra(
  options: RunOptions,
  intents: readonly Intent[],
  scratch: Scratch,
  { job, ports, parked }: Desk,
): Promise<void> {
  const now = ports.clock.now();
  const rows = [...parked.values()].flat();
  const due =
    options.only === undefined ? rows.filter(({ retryAt }) => retryAt !== undefined && retryAt <= now) : [];
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
