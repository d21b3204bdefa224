import { z } from 'zod';

/** As the editor hands on a field of the type boolean: itself, or a text. */
export function yesNo(otherwise: boolean) {
  return z.union([z.boolean(), z.stringbool()]).default(otherwise);
}
