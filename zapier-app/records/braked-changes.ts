import type { Instant } from '@stackbridge/shared-mappers/model/instant.ts';
import type { SourceRecord } from '@stackbridge/shared-mappers/model/record.ts';
import type { Connector } from '@stackbridge/shared-mappers/ports/connector.ts';
import {
  countedOf,
  handedOnAfter,
  handedOnOf,
  heldUntil,
  readsFrom,
} from '@stackbridge/shared-mappers/sync/poll/handed-on.ts';
import { LONGEST_LOOK_BACK_MS } from '../fields/look-back.ts';
import type { Step } from '../step.ts';
import { changedRecords } from './changed-records.ts';
import { pollMemory } from './poll-memory.ts';

export interface BrakedPoll {
  readonly connector: Connector;
  readonly columns: readonly string[];
  readonly lookBackMs: number;
  /** Another one wherever the trigger reads something else. */
  readonly place: string;
  /** A person lets through whatever is read now. */
  readonly isLetThrough: boolean;
  /** @throws StackbridgeError where too much was changed at once */
  readonly brake: (counted: readonly SourceRecord[], heldUntil: Instant) => Promise<void>;
}

export interface BrakedChanges {
  /** Newest first. */
  readonly records: readonly SourceRecord[];
  /** To be called once nothing can keep them from being handed on. */
  readonly settle: () => Promise<void>;
}

/** What has changed, unless a brake holds all of it up: nobody is handed on then, and nobody is lost for a month. */
export async function brakedChanges(
  step: Step,
  { connector, columns, lookBackMs, place, isLetThrough, brake }: BrakedPoll,
): Promise<BrakedChanges> {
  const { isLoadingSample, isPopulatingDedupe } = step.bundle.meta;
  if (isLoadingSample === true)
    return { records: await changedRecords(step, connector, columns, lookBackMs), settle: nothing };

  const memory = pollMemory(step, place);
  const before = await memory?.read();
  const now = step.ports.clock.now();
  const from = readsFrom(before, { usualMs: lookBackMs, mostMs: LONGEST_LOOK_BACK_MS }, now);
  const records = await changedRecords(step, connector, columns, now - from);
  // A Zap that is turned on takes what is there for seen: all of it the first time, else what it has handed on.
  if (isPopulatingDedupe === true && before !== undefined)
    return { records: handedOnOf(records, before), settle: nothing };
  if (isPopulatingDedupe !== true) {
    const reachMs = memory === undefined ? lookBackMs : LONGEST_LOOK_BACK_MS;
    const held = heldUntil(before, records, reachMs);
    await brake(countedOf(records, before), held).catch(async (error: unknown) => {
      await memory?.keep(before ?? { until: from });
      throw error;
    });
  }
  const isAnswered = isLetThrough || isPopulatingDedupe === true;
  return { records, settle: async () => memory?.keep(handedOnAfter(before, records, from, isAnswered)) };
}

const nothing = async (): Promise<void> => {};
