import type { Instant } from '@stackbridge/shared-mappers/model/instant.ts';
import {
  cursor,
  type PolledChange,
  type PollReach,
  pollFrom,
  takeNew,
} from '@stackbridge/shared-mappers/sync/poll/cursor.ts';
import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { nodeError } from '../errors/node-error.ts';
import { type NodePorts, startNode } from '../ports/node-ports.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** What the editor shows as an example may be a month old. */
const SAMPLE_LOOK_BACK_MS = 720 * HOUR_MS;
/** Changes become visible late, and clocks differ. */
const OVERLAP_MS = 5 * MINUTE_MS;
const MOST_SAMPLES = 10;

/** What one reading has found. */
export interface Reading {
  readonly changes: readonly PolledChange<IDataObject>[];
  /** The server's time from before the reading; absent where the system does not tell it. */
  readonly serverTime?: Instant | undefined;
}

/**
 * Polls what is new. Where it goes on stands in n8n's static data, which may get lost: changes of the hours looked back
 * on are then told again. In the editor it shows examples and moves nothing.
 *
 * @param lookBackHours read where nothing is known
 * @param read reads what has changed since then; it may stop early where examples will do
 */
export async function pollNew(
  context: IPollFunctions,
  lookBackHours: number,
  read: (since: Instant, ports: NodePorts, isSample: boolean) => Promise<Reading>,
): Promise<INodeExecutionData[][] | null> {
  try {
    const ports = startNode(context);
    const now = ports.clock.now();
    if (context.getMode() === 'manual') {
      const { changes } = await read(now - SAMPLE_LOOK_BACK_MS, ports, true);
      const newest = changes.toSorted((one, other) => (other.at ?? now) - (one.at ?? now));
      return asItems(newest.slice(0, MOST_SAMPLES).map(({ item }) => item));
    }
    const reach: PollReach = { overlapMs: OVERLAP_MS, lookBackMs: lookBackHours * HOUR_MS };
    const kept = context.getWorkflowStaticData('node');
    const known = cursor.safeParse(kept.cursor).data;
    const { changes, serverTime = now } = await read(pollFrom(known, reach, now), ports, false);
    const taken = takeNew(changes, known, reach, serverTime);
    kept.cursor = taken.cursor;
    return asItems(taken.items);
  } catch (error) {
    throw nodeError(error, context.getNode());
  }
}

function asItems(found: readonly IDataObject[]): INodeExecutionData[][] | null {
  return found.length === 0 ? null : [found.map((json) => ({ json }))];
}
