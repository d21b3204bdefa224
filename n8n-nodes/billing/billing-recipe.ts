import type { AccountMap } from '@stackbridge/shared-mappers/mapping/account-map.ts';
import type { BillingKind, BillingRecipe } from '@stackbridge/shared-mappers/recipes/billing-recipes.ts';
import { billingKindOf, readBillingRecipe } from '@stackbridge/shared-mappers/recipes/read-billing-recipe.ts';
import { NodeFault } from '../errors/node-fault.ts';

export interface WholeRecipe {
  readonly recipe: BillingRecipe;
  readonly map: AccountMap;
}

/**
 * Reads a recipe that stands in a node, its account map with it.
 *
 * @param wanted the kind that the operation carries out; absent: any
 * @throws NodeFault with every fault and its line
 */
export function wholeRecipe(text: string, wanted: BillingKind | undefined): WholeRecipe {
  const kind = billingKindOf(text);
  if (kind === undefined || (wanted !== undefined && kind !== wanted))
    throw new NodeFault(
      `The recipe is ${kind ?? 'none for billing'}`,
      wanted === undefined
        ? 'Begin it with recipe: milestone-invoice/v1, time-entries/v1, expenses/v1 or zoho-invoice/v1.'
        : `This operation carries out recipe: ${wanted}.`,
    );
  const { value, problems } = readBillingRecipe(kind, text, 'recipe');
  if (value === undefined) {
    const faults = problems.map(({ line, message }) => `line ${line}: ${message}`);
    throw new NodeFault(`The recipe cannot be used. ${faults.join('; ')}`, 'Correct it at the lines named.');
  }
  if (typeof value.accounts !== 'string') return { recipe: value, map: value.accounts };
  throw new NodeFault(
    'The recipe names a file as its account map',
    'Write the map itself under accounts: n8n has no files of yours.',
  );
}
