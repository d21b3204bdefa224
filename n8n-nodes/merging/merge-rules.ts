import type { FieldMap } from '@stackbridge/shared-mappers/mapping/compiled-rule.ts';
import { compileMerge } from '@stackbridge/shared-mappers/recipes/compile-merge.ts';
import type { MergeRecipe } from '@stackbridge/shared-mappers/recipes/merge-records.ts';
import { readMergeRecipe } from '@stackbridge/shared-mappers/recipes/read-merge-recipe.ts';
import { pathText } from '@stackbridge/shared-mappers/recipes/recipe-problem.ts';
import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { NodeFault } from '../errors/node-fault.ts';
import { readParameters } from '../parameters.ts';
import { recipeText } from '../recipe-text.ts';

const source = z.object({
  recipeFrom: z.enum(['fields', 'text']),
  recipe: recipeText.optional(),
  rules: z.object({ rule: z.array(z.looseObject({})).default([]) }).optional(),
});

/** The rules of a node, however they are given, ready to merge by. @throws NodeFault with every fault and its place */
export function mergeRules(context: IExecuteFunctions): FieldMap {
  const { recipeFrom, recipe = '', rules } = readParameters(context, source, 0);
  const filled = (): string => JSON.stringify({ recipe: 'merge-records/v1', fields: rules?.rule ?? [] });
  const { value, problems } = readMergeRecipe(recipeFrom === 'fields' ? filled() : recipe, 'recipe');
  const placeOf = ({ path, line }: (typeof problems)[number]): string =>
    recipeFrom === 'fields' ? path : `line ${line}`;
  if (value === undefined) throw unusable(problems.map((one) => ({ ...one, place: placeOf(one) })));
  return compiled(value);
}

function compiled(recipe: MergeRecipe): FieldMap {
  const merge = compileMerge(recipe);
  if ('map' in merge) return merge.map;
  throw unusable(merge.problems.map((one) => ({ ...one, place: pathText(one.path) })));
}

interface Fault {
  readonly place: string;
  readonly message: string;
  readonly suggestion?: string | undefined;
}

function unusable(faults: readonly Fault[]): NodeFault {
  const said = faults.map(
    ({ place, message, suggestion }) => `${place}: ${message}${suggestion ? ` (${suggestion})` : ''}`,
  );
  return new NodeFault(`The recipe cannot be used. ${said.join('; ')}`, 'Correct it at the places named.');
}
