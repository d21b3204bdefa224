import { z } from 'zod';

const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => String(value ?? '').trim());

/** What was chosen from a list of the editor, or written as an id or a name; empty where nothing was. */
export const located = z.union([text, z.object({ value: text }).transform(({ value }) => value)]);
