import type { PlainInputField } from 'zapier-platform-core';

/** @param of what the recipe is for. @param more another sentence for whoever fills it in */
export function billingRecipeField(of: string, more = ''): PlainInputField {
  return {
    key: 'recipe',
    label: 'Recipe',
    type: 'text',
    required: true,
    helpText: `The text of your recipe for ${of}, its account map written out under \`accounts\`.${more}`,
  };
}
