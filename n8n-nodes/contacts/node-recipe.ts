import type { ContactSyncRecipe } from '@stackbridge/shared-mappers/recipes/contact-sync.ts';
import { readRecipe } from '@stackbridge/shared-mappers/recipes/read-recipe.ts';
import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { NodeFault } from '../errors/node-fault.ts';
import { readParameters } from '../parameters.ts';
import { recipeText } from '../recipe-text.ts';
import { filledRecipe } from './filled-recipe.ts';

const source = z.object({
  recipeFrom: z.enum(['fields', 'text']),
  recipe: recipeText.optional(),
});

/** The recipe of a node, however it is given. @throws NodeFault with every fault and its place */
export function nodeRecipe(context: IExecuteFunctions): ContactSyncRecipe {
  const { recipeFrom, recipe = '' } = readParameters(context, source, 0);
  if (recipeFrom === 'fields') return read(JSON.stringify(filledRecipe(context)), ({ path }) => path);
  return read(recipe, ({ line }) => `line ${line}`);
}

function read(
  text: string,
  placeOf: (problem: { readonly path: string; readonly line: number }) => string,
): ContactSyncRecipe {
  const { recipe, problems } = readRecipe(text, 'recipe');
  if (recipe !== undefined) return recipe;
  const faults = problems.map(
    (problem) =>
      `${placeOf(problem)}: ${problem.message}${problem.suggestion ? ` (${problem.suggestion})` : ''}`,
  );
  throw new NodeFault(`The recipe cannot be used. ${faults.join('; ')}`, 'Correct it at the places named.');
}
