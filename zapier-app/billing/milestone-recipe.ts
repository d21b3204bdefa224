import type { AccountMap } from '@stackbridge/shared-mappers/mapping/account-map.ts';
import type { MilestoneInvoiceRecipe } from '@stackbridge/shared-mappers/recipes/milestone-invoice.ts';
import { readBillingRecipe } from '@stackbridge/shared-mappers/recipes/read-billing-recipe.ts';
import { StepFault } from '../errors/step-fault.ts';

export interface MilestoneRecipe {
  readonly recipe: MilestoneInvoiceRecipe;
  readonly map: AccountMap;
}

/** Reads a recipe that stands in a step, its account map with it. @throws StepFault with every fault and its line */
export function readMilestoneRecipe(text: string): MilestoneRecipe {
  const { value, problems } = readBillingRecipe('milestone-invoice/v1', text, 'recipe');
  if (value?.recipe !== 'milestone-invoice/v1') {
    const faults = problems.map(({ line, message }) => `line ${line}: ${message}`);
    throw new StepFault('WRONG_INPUT', `The recipe cannot be used. ${faults.join('; ')}`);
  }
  if (typeof value.accounts !== 'string') return { recipe: value, map: value.accounts };
  throw new StepFault(
    'WRONG_INPUT',
    'The recipe names a file as its account map: write the map itself under `accounts`.',
  );
}
