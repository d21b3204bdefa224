import { billingKindOf, isAccountMap } from '@stackbridge/shared-mappers/recipes/read-billing-recipe.ts';
import { isCampaignActivity } from '@stackbridge/shared-mappers/recipes/read-campaign-activity.ts';
import type { Session } from '../session.ts';
import { type ActivityCheck, checkActivity, type ReadyActivity } from './ready-activity.ts';
import { type BillingCheck, checkAccountMap, checkBilling, type ReadyBilling } from './ready-billing.ts';
import { checkRecipes, type ReadyRecipe, type RecipeCheck } from './ready-recipe.ts';
import { RecipeFaults } from './recipe-faults.ts';
import { textOf } from './recipe-files.ts';
import { UsageError } from './usage-error.ts';

/** A recipe of any kind. */
export type Ready = ReadyRecipe | ReadyBilling | ReadyActivity;

/** What one file came to. */
export type Check = RecipeCheck | BillingCheck | ActivityCheck;

export function isBilling(ready: Ready): ready is ReadyBilling {
  return 'billing' in ready;
}

export function isActivity(ready: Ready): ready is ReadyActivity {
  return 'activity' in ready;
}

/** Reads recipe files of every kind and makes them ready. @throws RecipeFaults naming every fault of all of them */
export async function readyToRun(
  files: readonly string[],
  session: Session,
  purpose: 'preview' | 'run',
): Promise<Ready[]> {
  const checks = await checkFiles(files, session, false);
  const problems = checks.flatMap((check) => check.problems);
  if (problems.length > 0) throw new RecipeFaults(problems, purpose);
  for (const { unchecked } of checks) if (unchecked !== undefined) throw unchecked;
  for (const check of checks) {
    if ('map' in check)
      throw new UsageError(`${check.file} is an account map`, 'Name the recipe that uses it');
  }
  const ready = checks.flatMap((check): Ready[] => (check.ready === undefined ? [] : [check.ready]));
  const names = new Set<string>();
  for (const { recipe, file } of ready) {
    if (names.has(recipe.name))
      throw new UsageError(`Two recipes are called ${recipe.name}`, `Give ${file} a name of its own`);
    names.add(recipe.name);
  }
  return ready;
}

/** Holds recipe files against the accounts, in their order. @param fresh as they are now, nothing remembered */
export async function checkFiles(
  files: readonly string[],
  session: Session,
  fresh: boolean,
): Promise<Check[]> {
  const texts = await Promise.all(files.map(textOf));
  const kinds = texts.map(billingKindOf);
  const maps = new Set(files.filter((_, at) => isAccountMap(texts[at] ?? '')));
  const activity = new Set(files.filter((_, at) => isCampaignActivity(texts[at] ?? '')));
  const contacts = files.filter(
    (file, at) => !maps.has(file) && !activity.has(file) && kinds[at] === undefined,
  );
  const ofContacts = contacts.length === 0 ? [] : await checkRecipes(contacts, session, fresh);
  const checks: Check[] = [];
  let next = 0;
  for (const [at, file] of files.entries()) {
    if (maps.has(file)) {
      checks.push(await checkAccountMap(file, texts[at] ?? '', session));
      continue;
    }
    if (activity.has(file)) {
      checks.push(await checkActivity(file, texts[at] ?? '', session));
      continue;
    }
    const kind = kinds[at];
    if (kind !== undefined) {
      checks.push(await checkBilling(kind, file, texts[at] ?? '', session, fresh));
      continue;
    }
    const check = ofContacts[next++];
    if (check !== undefined) checks.push(check);
  }
  return checks;
}
