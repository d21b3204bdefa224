import { resolve } from 'node:path';
import type { Instant } from '@stackbridge/shared-mappers/model/instant.ts';
import type { Store } from '@stackbridge/shared-mappers/ports/store.ts';
import { z } from 'zod';
import type { ReadyRecipe } from './ready-recipe.ts';
import { UsageError } from './usage-error.ts';

const MEMO = 'recipes';

const known = z.object({
  /** Absolute path of the file it was last run from. */
  file: z.string(),
  scope: z.string(),
  /** What the last run that read both sides whole left out, by reason. */
  lastFull: z.object({ at: z.number(), excluded: z.record(z.string(), z.number()) }).exactOptional(),
});

export type KnownRecipe = z.infer<typeof known>;
const memo = z.record(z.string(), known);

/** The recipes that have been run from this home, by name. */
export async function knownRecipes(
  store: Pick<Store, 'memo'>,
): Promise<Readonly<Record<string, KnownRecipe>>> {
  const read = memo.safeParse(await store.memo(MEMO));
  return read.success ? read.data : {};
}

/** Remembers where a recipe lives, so that `retry` and `resolve` need not be told. */
export async function rememberRecipe(
  { file, job }: Pick<ReadyRecipe, 'file'> & { readonly job: Pick<ReadyRecipe['job'], 'recipe' | 'scope'> },
  lastFull: { readonly at: Instant; readonly excluded: Readonly<Record<string, number>> } | undefined,
  store: Pick<Store, 'memo' | 'saveMemo'>,
): Promise<void> {
  const recipes = await knownRecipes(store);
  const before = recipes[job.recipe];
  const full = lastFull ?? before?.lastFull;
  const now = { file: resolve(file), scope: job.scope, ...(full === undefined ? {} : { lastFull: full }) };
  if (JSON.stringify(before) === JSON.stringify(now)) return;
  await store.saveMemo(MEMO, { ...recipes, [job.recipe]: now });
}

/** The file a recipe was last run from, unless one is given. @throws UsageError when nothing is known */
export async function fileOfRecipe(
  recipe: string,
  given: string | undefined,
  store: Pick<Store, 'memo'>,
): Promise<string> {
  const file = given ?? (await knownRecipes(store))[recipe]?.file;
  if (file !== undefined) return file;
  throw new UsageError(
    `Where the recipe ${recipe} lives is not known`,
    'Name its file with --recipe-file FILE',
  );
}
