import { isActivity, isBilling, type Ready } from './ready-to-run.ts';
import { UsageError } from './usage-error.ts';

function concernsContacts(recipe: Ready): boolean {
  return !isBilling(recipe) && !isActivity(recipe);
}

/** @throws UsageError where `--full` is given and no recipe reads by changes on both sides */
export function refuseFull(full: boolean, recipes: readonly Ready[]): void {
  if (!full || recipes.some(concernsContacts)) return;
  throw new UsageError(
    '--full concerns recipes for contacts',
    'Leave it out: billing reads everything, and campaign activity whatever its reports have counted',
  );
}
