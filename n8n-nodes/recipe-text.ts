import { z } from 'zod';

/** A recipe as its text, or as the object that an expression gives. */
export const recipeText = z
  .union([z.string(), z.looseObject({})])
  .transform((given) => (typeof given === 'string' ? given : JSON.stringify(given, null, 2)));
