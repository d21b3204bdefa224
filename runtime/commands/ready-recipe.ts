import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import { checkRecipe } from '@stackbridge/shared-mappers/recipes/check-recipe.ts';
import type { ContactSyncRecipe } from '@stackbridge/shared-mappers/recipes/contact-sync.ts';
import {
  type Prepared,
  prepareContactSync,
} from '@stackbridge/shared-mappers/recipes/prepare-contact-sync.ts';
import type { RecipeReading } from '@stackbridge/shared-mappers/recipes/read-recipe.ts';
import type { RecipeProblem } from '@stackbridge/shared-mappers/recipes/recipe-problem.ts';
import type { SyncJob, SyncPorts } from '@stackbridge/shared-mappers/sync/job.ts';
import type { Session } from '../session.ts';
import { checkFilter } from './check-filter.ts';
import { checkParts } from './check-parts.ts';
import { RecipeFaults } from './recipe-faults.ts';
import { readRecipeFiles } from './recipe-files.ts';

/** A recipe that holds against both accounts, ready to run. */
export interface ReadyRecipe {
  readonly file: string;
  readonly recipe: ContactSyncRecipe;
  readonly job: SyncJob;
  readonly ports: SyncPorts;
  /** What a person should know before it runs; none of it is a fault. */
  readonly notes: readonly string[];
}

/** What one recipe file came to. */
export interface RecipeCheck {
  readonly file: string;
  readonly problems: readonly RecipeProblem[];
  /** Why its fields were not held against the accounts, where they were not. */
  readonly unchecked?: StackbridgeError;
  /** Present where there is no problem. */
  readonly ready?: ReadyRecipe;
}

/** Reads recipe files and makes them ready. @throws RecipeFaults naming every fault of all of them */
export async function readyRecipes(
  files: readonly string[],
  session: Session,
  purpose: 'preview' | 'run',
): Promise<ReadyRecipe[]> {
  const checks = await checkRecipes(files, session, false);
  const problems = checks.flatMap((check) => check.problems);
  if (problems.length > 0) throw new RecipeFaults(problems, purpose);
  for (const { unchecked } of checks) if (unchecked !== undefined) throw unchecked;
  return checks.flatMap(({ ready }) => ready ?? []);
}

/** Holds recipe files against both accounts, as they are now (`fresh`) or as they are remembered. */
export async function checkRecipes(
  files: readonly string[],
  session: Session,
  fresh: boolean,
): Promise<RecipeCheck[]> {
  const checks: RecipeCheck[] = [];
  for (const reading of await readRecipeFiles(files)) {
    try {
      checks.push(await checkOne(reading, session, fresh));
    } catch (error) {
      if (!(error instanceof StackbridgeError)) throw error;
      checks.push({ file: reading.file, problems: reading.problems, unchecked: error });
    }
  }
  return checks;
}

async function checkOne(reading: RecipeReading, session: Session, fresh: boolean): Promise<RecipeCheck> {
  const { file, recipe } = reading;
  if (recipe === undefined) return { file, problems: await checkParts(reading, session) };
  const ports = await session.portsFor(recipe, fresh);
  const { store, clock, key } = session;
  const input = { recipe, left: ports.left, right: ports.right, store, clock, key };
  const prepare = async (anew: boolean): Promise<Prepared | undefined> => {
    try {
      return await prepareContactSync({ ...input, fresh: anew });
    } catch (error) {
      if (error instanceof StackbridgeError && error.code === 'RECIPE_INVALID') return undefined;
      throw error;
    }
  };
  let prepared = await prepare(fresh);
  // A remembered schema may be out of date: nobody is told of a fault that is no longer there.
  if (prepared !== undefined && 'problems' in prepared && !fresh) prepared = await prepare(true);
  // No such audience, which is for the recipe to correct.
  if (prepared === undefined) return { file, problems: await checkParts(reading, session) };
  if ('problems' in prepared) return { file, problems: checkRecipe(reading, prepared.schemas) };
  const { job, notes } = prepared;
  const problems = fresh ? await checkFilter(reading, session) : [];
  if (problems.length > 0) return { file, problems };
  return { file, problems: [], ready: { file, recipe, job, ports, notes } };
}
