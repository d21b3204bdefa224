import type { Instant } from '@stackbridge/shared-mappers/model/instant.ts';
import type { ListedRecord } from '@stackbridge/shared-mappers/ports/billing-source.ts';
import { partOf } from '@stackbridge/shared-mappers/sync/poll/part-of-listing.ts';
import { allOf } from './all-of.ts';
import { newestFirst } from './newest-first.ts';
import type { RecipeWatch } from './recipe-watch.ts';

/** Expenses, or invoices, of one poll after their recipe was edited: what Zapier takes of a trigger's answer is limited. */
const MOST_SHOWN = 2_000;

interface Dated extends ListedRecord {
  readonly date: string;
}

export interface ChangesWanted {
  readonly since: Instant;
  readonly watch: RecipeWatch;
  /** First day that the recipe bills. */
  readonly cutOver: string | undefined;
}

/** What changed since then, newest first; and of older ones, where the recipe was edited, the part that is to be shown. */
export async function booksChanges<Listed extends Dated>(
  recent: (since: Instant) => AsyncIterable<readonly Listed[]>,
  { since, watch, cutOver = '' }: ChangesWanted,
): Promise<Listed[]> {
  const { from = since } = watch;
  const listed = await allOf(recent(Math.min(since, from)));
  const isRecent = ({ modifiedAt = since }: Listed): boolean => modifiedAt >= since;
  const older = listed.filter((one) => !isRecent(one) && one.date >= cutOver);
  const { records, next } = partOf(older, from, MOST_SHOWN);
  await watch.done(next);
  return newestFirst([...records, ...listed.filter(isRecent)].toReversed());
}
