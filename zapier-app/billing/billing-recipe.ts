import type { AccountMap } from '@stackbridge/shared-mappers/mapping/account-map.ts';
import type { BillingRecipe } from '@stackbridge/shared-mappers/recipes/billing-recipes.ts';
import { billingVersion } from '@stackbridge/shared-mappers/recipes/billing-version.ts';
import type { ExpensesRecipe } from '@stackbridge/shared-mappers/recipes/expenses.ts';
import type { MilestoneInvoiceRecipe } from '@stackbridge/shared-mappers/recipes/milestone-invoice.ts';
import { readBillingRecipe } from '@stackbridge/shared-mappers/recipes/read-billing-recipe.ts';
import type { TimeEntriesRecipe } from '@stackbridge/shared-mappers/recipes/time-entries.ts';
import type { ZohoInvoiceRecipe } from '@stackbridge/shared-mappers/recipes/zoho-invoice.ts';
import { StepFault } from '../errors/step-fault.ts';
import type { PolledRecipe } from '../records/recipe-watch.ts';

/** A recipe that stands in a step, and its account map, which stands in it. */
export interface StepBilling<Recipe extends BillingRecipe> {
  readonly recipe: Recipe;
  readonly map: AccountMap;
}

/** @throws StepFault with every fault and its line */
export function readMilestoneRecipe(text: string): StepBilling<MilestoneInvoiceRecipe> {
  const recipe = readAs('milestone-invoice/v1', text);
  return { recipe, map: mapIn(recipe) };
}

/** @throws StepFault with every fault and its line */
export function readExpensesRecipe(text: string): StepBilling<ExpensesRecipe> {
  const recipe = readAs('expenses/v1', text);
  return { recipe, map: mapIn(recipe) };
}

/** @throws StepFault with every fault and its line */
export function readTimeRecipe(text: string): StepBilling<TimeEntriesRecipe> {
  const recipe = readAs('time-entries/v1', text);
  return { recipe, map: mapIn(recipe) };
}

/** @throws StepFault with every fault and its line */
export function readZohoInvoiceRecipe(text: string): StepBilling<ZohoInvoiceRecipe> {
  const recipe = readAs('zoho-invoice/v1', text);
  return { recipe, map: mapIn(recipe) };
}

/** The recipe of a trigger that can do without one. @param read such as `readExpensesRecipe`, which says what is thrown */
export function billingRecipeIfAny<Recipe extends BillingRecipe>(
  text: string | undefined,
  read: (text: string) => StepBilling<Recipe>,
): Recipe | undefined {
  return text === undefined ? undefined : read(text).recipe;
}

/** A recipe as a trigger holds it, to see whether it was edited. */
export function polledBilling(recipe: BillingRecipe | undefined): PolledRecipe | undefined {
  return recipe === undefined ? undefined : { name: recipe.name, print: billingVersion(recipe) };
}

function readAs<Kind extends BillingRecipe['recipe']>(
  kind: Kind,
  text: string,
): Extract<BillingRecipe, { recipe: Kind }> {
  const { value, problems } = readBillingRecipe(kind, text, 'recipe');
  if (isOf(kind, value)) return value;
  const faults = problems.map(({ line, message }) => `line ${line}: ${message}`);
  throw new StepFault('WRONG_INPUT', `The recipe cannot be used. ${faults.join('; ')}`);
}

function isOf<Kind extends BillingRecipe['recipe']>(
  kind: Kind,
  recipe: BillingRecipe | undefined,
): recipe is Extract<BillingRecipe, { recipe: Kind }> {
  return recipe?.recipe === kind;
}

function mapIn({ accounts }: BillingRecipe): AccountMap {
  if (typeof accounts !== 'string') return accounts;
  throw new StepFault(
    'WRONG_INPUT',
    'The recipe names a file as its account map: write the map itself under `accounts`.',
  );
}
