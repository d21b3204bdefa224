import type { Session } from '../session.ts';
import type { Terminal } from '../show/terminal.ts';
import { fileOfRecipe } from './known-recipes.ts';
import { isActivity, isBilling, readyToRun } from './ready-to-run.ts';
import type { RecipeRun } from './recipe-run.ts';
import { syncActivityRecipe } from './sync-activity.ts';
import { syncBillingRecipe } from './sync-billing.ts';
import { syncRecipe } from './sync-recipe.ts';

/** A person to look at again: what is parked, or the records of an audit entry. */
export interface Named {
  readonly recipe: string;
  /** Under which something is parked. */
  readonly subject?: string;
  readonly leftId?: string;
  readonly rightId?: string;
}

/**
 * Looks at some people again, both sides read anew, one run a recipe. The watermarks stay where they are.
 *
 * @param file the recipe's file, where it is not where it was last run from
 */
export async function reconcile(
  people: readonly Named[],
  file: string | undefined,
  session: Session,
  terminal: Terminal,
): Promise<RecipeRun[]> {
  const runs: RecipeRun[] = [];
  for (const [recipe, some] of Map.groupBy(people, (person) => person.recipe)) {
    const path = await fileOfRecipe(recipe, file, session.store);
    for (const ready of await readyToRun([path], session, 'run')) {
      if (isBilling(ready)) {
        const subjects = some.flatMap(({ leftId }) => leftId ?? []);
        runs.push(await syncBillingRecipe(ready, session, terminal, { only: subjects }));
        continue;
      }
      if (isActivity(ready)) {
        const subjects = some.flatMap(({ subject }) => subject ?? []);
        runs.push(await syncActivityRecipe(ready, session, terminal, { only: subjects }));
        continue;
      }
      const only = {
        left: some.flatMap(({ leftId }) => leftId ?? []),
        right: some.flatMap(({ rightId }) => rightId ?? []),
      };
      runs.push(await syncRecipe(ready, session, terminal, { only }));
    }
  }
  return runs;
}
