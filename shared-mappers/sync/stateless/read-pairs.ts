import type { Instant } from '../../model/instant.ts';
import type { Side } from '../../model/side.ts';
import { bothOrNeither } from '../both-sides.ts';
import { connectorOf, type SyncJob, type SyncPorts } from '../job.ts';
import { NOTHING_KNOWN } from '../make-plan.ts';
import { memoryScratch } from '../memory-scratch.ts';
import type { ReadRecords } from '../plan-run.ts';
import { readSide } from '../read-side.ts';
import type { Claims } from './claims.ts';
import { readMergedIntoGone } from './merged-into-gone.ts';
import { readSharersOfGone } from './sharers-of-gone.ts';

/** Which records one execution looks at. */
export type Scope =
  | { readonly everything: true }
  /** What changed since these moments of the systems' own clocks; the recipe's overlap is subtracted. */
  | { readonly since: Readonly<Record<Side, Instant>> }
  | { readonly ids: Readonly<Record<Side, readonly string[]>> };

export interface ReadPairs {
  readonly records: ReadRecords;
  /** Each server's time from before the reading: where the next execution may begin. Absent where only ids were read. */
  readonly serverTimes: Readonly<Partial<Record<Side, Instant>>>;
}

/** A merge, then the winner's member, then its contact: further rounds would go in circles. */
const MOST_ROUNDS = 3;

/**
 * Reads what the scope names and, since the base stands on the records, the partner of each.
 *
 * @param ports with connectors that tell `claims` of every record
 */
export async function readPairs(
  scope: Scope,
  claims: Claims,
  job: SyncJob,
  ports: Omit<SyncPorts, 'openScratch'>,
): Promise<ReadPairs> {
  const readsEverything = 'everything' in scope;
  const serverTimes = 'ids' in scope ? {} : await list(scope, job, ports);
  if ('ids' in scope) {
    await bothOrNeither([
      readByIds('left', scope.ids.left, job, ports),
      readByIds('right', scope.ids.right, job, ports),
    ]);
  }
  await readSharersOfGone(claims, job, ports.left);
  await readMergedIntoGone(claims.records('left'), ports.left, job.map.columns.left);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const unread = { left: claims.unread('left'), right: claims.unread('right') };
    await bothOrNeither([
      readByIds('left', unread.left, job, ports),
      readByIds('right', unread.right, job, ports),
    ]);
  }
  const nobodyIsLinked = claims.linkedRights().length === 0;
  const known = readsEverything
    ? // Whoever is named by somebody may have moved to the address of a member that nobody names.
      { leftVerified: nobodyIsLinked && !job.leftFiltered, rightVerified: true, sharersKnown: true }
    : NOTHING_KNOWN;
  const records = {
    left: claims.records('left'),
    right: claims.records('right'),
    known,
    readsEverything,
  };
  return { records, serverTimes };
}

/** Listings are read for what they tell the claims; the working space is put together afterwards. */
async function list(
  scope: Exclude<Scope, { readonly ids: unknown }>,
  job: SyncJob,
  ports: Omit<SyncPorts, 'openScratch'>,
): Promise<ReadPairs['serverTimes']> {
  const since = 'since' in scope ? scope.since : ({ left: 'everything', right: 'everything' } as const);
  const read = async (side: Side): Promise<Instant | undefined> => {
    const scratch = memoryScratch();
    try {
      return (await readSide(side, since[side], job, ports, scratch, false)).serverTime;
    } finally {
      await scratch.dispose();
    }
  };
  const [left, right] = await bothOrNeither([read('left'), read('right')]);
  return { ...(left === undefined ? {} : { left }), ...(right === undefined ? {} : { right }) };
}

async function readByIds(
  side: Side,
  ids: readonly string[],
  job: SyncJob,
  ports: Pick<SyncPorts, Side>,
): Promise<void> {
  if (ids.length > 0) await connectorOf(ports, side).readByIds([...new Set(ids)], job.map.columns[side]);
}
