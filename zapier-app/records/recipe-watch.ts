import type { Instant } from '@stackbridge/shared-mappers/model/instant.ts';
import { NO_TEXTS, notePoll, textsInUse } from '@stackbridge/shared-mappers/sync/poll/recipe-in-use.ts';
import { z as zod } from 'zod';
import { A_MONTH_S, accountCache } from '../ports/cache.ts';
import type { Step } from '../step.ts';

/**
 * So long each part of a look at all is shown: Zapier polls every 15 minutes at the slowest, so that each Zap with the
 * recipe sees it, and an answer that is lost on its way is given once more.
 */
const SHOWN_MS = 20 * 60_000;

/** Who polls for the first time so long after an edit has not been edited: it is a new Zap. */
const NEW_MS = 24 * 3_600_000;

const progress = zod.object({
  /** Which edit it is about, by its moment. */
  editedAt: zod.number(),
  /** Where the part begins that is to be shown; absent once all has been. */
  from: zod.number().exactOptional(),
  /** Absent before it has been. */
  shownSince: zod.number().exactOptional(),
});
type Progress = Omit<zod.infer<typeof progress>, 'editedAt'>;

/** A recipe that stands in a trigger. */
export interface PolledRecipe {
  readonly name: string;
  /** Of what it says about whom to look at, and how. */
  readonly print: string;
}

/** What a poll knows of its recipe: whether it was edited, and how far everything has been shown since. */
export interface RecipeWatch {
  /** When the last edit was found; undefined where the recipe was not edited, as far as is known. */
  readonly editedAt: Instant | undefined;
  /** Where the part of everything begins that is to be shown; undefined where none is. */
  readonly from: Instant | undefined;
  /** Whether that part has been shown before. */
  readonly isShown: boolean;
  /**
   * Takes note of the poll: for its end, since a poll that fails has shown nothing.
   *
   * @param next where the next part begins; undefined after the last
   */
  done(next?: Instant): Promise<void>;
}

/** No recipe, or none that is polled with. */
export const UNWATCHED: RecipeWatch = {
  editedAt: undefined,
  from: undefined,
  isShown: false,
  done: async () => {},
};

/**
 * Whether the recipe of a trigger was edited while Zaps were on. Zapier does not say which Zap is polling, and counts as
 * seen what it is shown when a Zap is switched on: so the poll that finds an edit only takes note of it, in Zapier's
 * cache, and those that follow show everything.
 *
 * @param place settings of the trigger, which tell Zaps apart
 */
export async function watchRecipe(
  { z, ports, bundle }: Step,
  place: string,
  recipe: PolledRecipe | undefined,
): Promise<RecipeWatch> {
  // What an editor loads as an example is no poll of a Zap.
  if (recipe === undefined || bundle.meta.isLoadingSample === true) return UNWATCHED;
  const cache = accountCache(z);
  const now = ports.clock.now();
  const key = `recipe ${place} ${recipe.name}`;
  const known = textsInUse.safeParse(await cache.get(key)).data ?? NO_TEXTS;
  const { texts, editedAt } = notePoll(known, recipe.print, now);
  const keep = (): Promise<void> => cache.set(key, texts, A_MONTH_S);
  if (editedAt === undefined) return { ...UNWATCHED, done: keep };

  // Where Zapier does say which Zap it polls for, what one was shown is another matter than what another was.
  const keyOfProgress = `${key} ${recipe.print} ${bundle.meta.zap?.id ?? ''}`;
  const before = progress.safeParse(await cache.get(keyOfProgress)).data;
  const { from, shownSince } =
    before?.editedAt === editedAt ? before : now - editedAt < NEW_MS ? { from: 0 } : {};
  const keepProgress = (after: Progress): Promise<void> =>
    cache.set(keyOfProgress, { editedAt, ...after }, A_MONTH_S);
  const keepBoth = async (after: Progress): Promise<void> => {
    await keep();
    await keepProgress(after);
  };
  // However long a brake holds it up.
  if (before?.editedAt !== editedAt && from !== undefined) await keepProgress({ from });
  if (from === undefined) return { ...UNWATCHED, editedAt, done: () => keepBoth({}) };
  if (bundle.meta.isPopulatingDedupe === true) return { ...UNWATCHED, done: keep };
  return {
    editedAt,
    from,
    isShown: shownSince !== undefined,
    done: (next) => {
      const isOver = shownSince !== undefined && now - shownSince >= SHOWN_MS;
      if (!isOver) return keepBoth({ from, shownSince: shownSince ?? now });
      return keepBoth(next === undefined ? {} : { from: next });
    },
  };
}

/** The vendors' clocks and ours do not quite agree. */
const CLOCKS_DIFFER_MS = 5 * 60_000;

/**
 * An id that Zapier has not seen before the recipe was edited, for what is as it was by then.
 *
 * @param modifiedAt absent: it has one id however often it is modified
 */
export function idSince(
  { editedAt }: Pick<RecipeWatch, 'editedAt'>,
  id: string,
  modifiedAt?: Instant,
): string {
  if (editedAt === undefined) return id;
  return modifiedAt === undefined || isBeforeEdit({ editedAt }, modifiedAt) ? `${id}-${editedAt}` : id;
}

/** Whether a record is as it was when its recipe was edited. */
export function isBeforeEdit({ editedAt }: Pick<RecipeWatch, 'editedAt'>, modifiedAt: Instant): boolean {
  return editedAt !== undefined && modifiedAt < editedAt + CLOCKS_DIFFER_MS;
}
