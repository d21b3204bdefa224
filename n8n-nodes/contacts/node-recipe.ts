import type { ContactSyncRecipe } from '@stackbridge/shared-mappers/recipes/contact-sync.ts';
import { readRecipe } from '@stackbridge/shared-mappers/recipes/read-recipe.ts';
import { NodeFault } from '../errors/node-fault.ts';

/** Reads a recipe that stands in a node, as YAML or JSON. @throws NodeFault with every fault and its line */
export function readNodeRecipe(text: string): ContactSyncRecipe {
  const { recipe, problems } = readRecipe(text, 'recipe');
  if (recipe !== undefined) return recipe;
  const faults = problems.map(
    ({ line, message, suggestion }) => `line ${line}: ${message}${suggestion ? ` (${suggestion})` : ''}`,
  );
  throw new NodeFault(
    `The recipe cannot be used. ${faults.join('; ')}`,
    'Correct the recipe at the lines named.',
  );
}
