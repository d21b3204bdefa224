import { z } from 'zod';
import type { Instant } from '../../model/instant.ts';

/**
 * After so many polls with other texts in a row a text is out of use, at first: two polls that take turns are told from
 * an edit. Doubled for a text that comes back, so that many polls in an uneven turn come to rest.
 */
const PATIENCE = 3;

/** Texts that are remembered; the ones polled longest ago are forgotten. */
const MOST_TEXTS = 8;

/** One text that a recipe of this name has, or had. */
const text = z.object({
  print: z.string(),
  /** Which poll of the name it came into use with, and which was its last. */
  since: z.int(),
  last: z.int(),
  patience: z.int(),
  isGone: z.boolean(),
  /** When it was last found to be the edit of another; absent where it was there first. */
  editedAt: z.number().exactOptional(),
});
type Text = z.infer<typeof text>;

/** The texts with which a recipe of one name is polled, as something that keeps nothing but this knows them. */
export const textsInUse = z.object({ polls: z.int(), texts: z.array(text) });
export type TextsInUse = z.infer<typeof textsInUse>;

export const NO_TEXTS: TextsInUse = { polls: 0, texts: [] };

/**
 * Takes note of a poll. Nothing tells which poller it was, so that a text which takes the place of another is told from
 * one that is polled beside it:
 * - a text that comes into use, or back, where another was known is an edit;
 * - where an older text goes out of use beside a younger one, it may have been edited into that;
 * - the first text of a name is none.
 *
 * @param print of what the recipe says about whom to look at, and how
 * @returns `editedAt`: when the recipe was edited into this text, as far as the polls before have found
 */
export function notePoll(
  known: TextsInUse,
  print: string,
  now: Instant,
): { readonly texts: TextsInUse; readonly editedAt: Instant | undefined } {
  const polls = known.polls + 1;
  const before = known.texts.find((one) => one.print === print);
  const others = known.texts.filter((one) => one !== before);
  const left = others.filter((one) => !one.isGone && polls - one.last > one.patience);
  const renewed = renew(before, { print, polls, now, isEdit: known.texts.length > 0 });
  const takesOver = left.some((one) => one.since < renewed.since && one.last > renewed.since);
  const polled = takesOver ? { ...renewed, editedAt: now } : renewed;
  const texts = [polled, ...others.map((one) => (left.includes(one) ? { ...one, isGone: true } : one))]
    .toSorted((one, other) => other.last - one.last)
    .slice(0, MOST_TEXTS);
  return { texts: { polls, texts }, editedAt: before?.editedAt };
}

interface Poll {
  readonly print: string;
  readonly polls: number;
  readonly now: Instant;
  readonly isEdit: boolean;
}

function renew(before: Text | undefined, { print, polls, now, isEdit }: Poll): Text {
  const isBack = before !== undefined && (before.isGone || polls - before.last > before.patience);
  if (before !== undefined && !isBack) return { ...before, last: polls };
  const patience = before === undefined ? PATIENCE : before.patience * 2;
  const fresh = { print, since: polls, last: polls, patience, isGone: false };
  return isEdit ? { ...fresh, editedAt: now } : fresh;
}
