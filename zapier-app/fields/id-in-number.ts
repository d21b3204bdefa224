import { z } from 'zod';

/** The id of a record, alone or in the number of a document of ours: `ZP-4000000012345-2`. */
export function idInNumber(otherwise: string) {
  return z
    .string()
    .transform((text) => /^(?:.*-)?(\d{6,})(?:-\d{1,5})?$/.exec(text.trim())?.[1])
    .pipe(z.string({ error: otherwise }));
}
