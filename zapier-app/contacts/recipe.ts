import type { ContactSyncRecipe } from '@stackbridge/shared-mappers/recipes/contact-sync.ts';
import { writtenVersion } from '@stackbridge/shared-mappers/recipes/mapping-version.ts';
import { readRecipe } from '@stackbridge/shared-mappers/recipes/read-recipe.ts';
import { StepFault } from '../errors/step-fault.ts';
import type { PolledRecipe } from '../records/recipe-watch.ts';

/**
 * Reads a recipe that stands in a step, or in the app itself.
 *
 * @throws StepFault with every fault and its line; also where the base is kept in a store, which a Zap does not have
 */
export function readStepRecipe(text: string): ContactSyncRecipe {
  const { recipe, problems } = readRecipe(text, 'recipe');
  if (recipe === undefined) {
    const faults = problems.map(({ line, message }) => `line ${line}: ${message}`);
    throw new StepFault('WRONG_INPUT', `The recipe cannot be used. ${faults.join('; ')}`);
  }
  if (recipe.base === 'store')
    throw new StepFault(
      'WRONG_INPUT',
      'The recipe keeps what both sides agreed on in a store, which a Zap does not have: name two text fields under `base`.',
    );
  return recipe;
}

/** The recipe of a step that can do without one. @throws StepFault as `readStepRecipe` */
export function recipeIfAny(text: string | undefined): ContactSyncRecipe | undefined {
  return text === undefined ? undefined : readStepRecipe(text);
}

/** A recipe as a trigger holds it, to see whether it was edited. */
export function polledContacts(recipe: ContactSyncRecipe | undefined): PolledRecipe | undefined {
  return recipe === undefined ? undefined : { name: recipe.name, print: writtenVersion(recipe) };
}
