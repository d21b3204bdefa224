import type { PlainInputField } from 'zapier-platform-core';
import { z } from 'zod';

export const recipeText = z.string().min(1).optional();

/** Not there in an app that was built for one recipe. @param required whether the step can do without one */
export function recipeFields(preset: string | undefined, required: boolean): PlainInputField[] {
  if (preset !== undefined) return [];
  return [
    {
      key: 'recipe',
      label: 'Recipe',
      type: 'text',
      required,
      altersDynamicFields: true,
      helpText: required
        ? 'The text of your recipe for syncing contacts: which fields meet, and who wins where both changed. The same in every step.'
        : 'Only for syncing: the text of your recipe. The record then brings along what a sync step needs of it, and once you have edited the recipe everybody comes in again.',
    },
  ];
}
