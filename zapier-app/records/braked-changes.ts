import type { Instant } from '@stackbridge/shared-mappers/model/instant.ts';
import type { SourceRecord } from '@stackbridge/shared-mappers/model/record.ts';
import type { Connector } from '@stackbridge/shared-mappers/ports/connector.ts';
import {
  countedOf,
  type HandedOn,
  handedOnAfter,
  handedOnOf,
  heldUntil,
  readsFrom,
} from '@stackbridge/shared-mappers/sync/poll/handed-on.ts';
import { readOldest } from '@stackbridge/shared-mappers/sync/poll/oldest-records.ts';
import { LONGEST_LOOK_BACK_MS } from '../fields/look-back.ts';
import type { Step } from '../step.ts';
import { changedRecords } from './changed-records.ts';
import { newestFirst } from './newest-first.ts';
import { pollMemory } from './poll-memory.ts';
import { isBeforeEdit, type RecipeWatch, UNWATCHED } from './recipe-watch.ts';

/** People of one poll after their recipe was edited: what Zapier takes of a trigger's answer is limited, and so is its time. */
const MOST_SHOWN = 1_000;

export interface BrakedPoll {
  readonly connector: Connector;
  readonly columns: readonly string[];
  readonly lookBackMs: number;
  /** Another one wherever the trigger reads something else. */
  readonly place: string;
  /** Where the recipe was edited, a part of all others is read as well. Default: it was not. */
  readonly watch?: RecipeWatch;
  /** A person lets through whatever is read now. */
  readonly isLetThrough: boolean;
  /** @throws StackbridgeError where too much was changed at once */
  readonly brake: (
    counted: readonly SourceRecord[],
    heldUntil: Instant,
    /** Records that a share is taken of; undefined: all that there are. */
    among: number | undefined,
  ) => Promise<void>;
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
  { connector, columns, lookBackMs, place, watch = UNWATCHED, isLetThrough, brake }: BrakedPoll,
): Promise<BrakedChanges> {
  const { isLoadingSample, isPopulatingDedupe } = step.bundle.meta;
  if (isLoadingSample === true)
    return { records: await changedRecords(step, connector, columns, lookBackMs), settle: nothing };

  const memory = pollMemory(step, place);
  const before = await memory?.read();
  const now = step.ports.clock.now();
  const from = readsFrom(before, { usualMs: lookBackMs, mostMs: LONGEST_LOOK_BACK_MS }, now);
  const changed = await changedRecords(step, connector, columns, now - from);
  const older =
    watch.from === undefined
      ? NOTHING
      : await readOldest(connector, columns, { from: watch.from, until: from, most: MOST_SHOWN });
  const records = newestFirst([...changed, ...older.records]);
  // A Zap that is turned on takes what is there for seen: all of it the first time, else what it has handed on.
  if (isPopulatingDedupe === true && before !== undefined)
    return { records: handedOnOf(records, before), settle: () => watch.done() };
  if (isPopulatingDedupe !== true) {
    const reachMs = memory === undefined ? lookBackMs : LONGEST_LOOK_BACK_MS;
    const { counted, among } = countedIn(records, before, watch);
    // Of people who come in for an edit of the recipe alone, the cache knows for as long that they do.
    const lookedAtUntil = watch.from === undefined ? [] : [(watch.editedAt ?? now) + LONGEST_LOOK_BACK_MS];
    const held = Math.min(heldUntil(before, changed, reachMs), ...lookedAtUntil);
    await brake(counted, held, among).catch(async (error: unknown) => {
      await memory?.keep(before ?? { until: from });
      throw error;
    });
  }
  const isAnswered = isLetThrough || isPopulatingDedupe === true;
  return {
    records,
    settle: async () => {
      await memory?.keep(handedOnAfter(before, changed, from, isAnswered));
      await watch.done(older.next);
    },
  };
}

const NOTHING = { records: [], next: undefined };

/** What a brake looks at, and among how many where that is not everybody. */
interface Counted {
  readonly counted: readonly SourceRecord[];
  readonly among: number | undefined;
}

/** An edited recipe changes everybody at once: who is shown for that counts as of the edit, and in the first poll. */
function countedIn(
  records: readonly SourceRecord[],
  before: HandedOn | undefined,
  watch: RecipeWatch,
): Counted {
  const { editedAt, from, isShown } = watch;
  if (editedAt === undefined || from === undefined || isShown)
    return { counted: countedOf(records, before), among: undefined };
  const isAnew = ({ modifiedAt }: SourceRecord): boolean => isBeforeEdit(watch, modifiedAt);
  const anew = records.filter(isAnew).map((record) => ({ ...record, modifiedAt: editedAt }));
  const others = records.filter((record) => !isAnew(record));
  return { counted: [...anew, ...countedOf(others, before)], among: records.length };
}

const nothing = async (): Promise<void> => {};
