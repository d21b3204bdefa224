import type { PlainInputField } from 'zapier-platform-core';
import { z } from 'zod';

/** Text of the recipe of the billing step that follows; absent: its edits do not matter here. */
export const polledRecipe = z.string().min(1).optional();

/**
 * @param what comes in again, such as "every expense since its cut-over day"
 * @param more another sentence for whoever fills it in
 */
export function polledRecipeField(what: string, more = ''): PlainInputField {
  return {
    key: 'recipe',
    label: 'Recipe',
    type: 'text',
    required: false,
    helpText: `The text of the recipe, the same as in the billing step. When you have edited it in both, ${what} comes in again, so that the billing step looks at it under the new recipe. Each counts as a task. Leave it empty if an edited recipe is only for what comes in later.${more}`,
  };
}
