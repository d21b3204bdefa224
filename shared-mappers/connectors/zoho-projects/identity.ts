import { z } from 'zod';

/**
 * Ids have 19 digits, past 2^53. The new API writes them as text, the old one and some answers as numbers, which
 * http/exact-json.ts has read by their digits.
 */
export const ZohoId = z.string().min(1);

/** Names another record: an object, or its id alone. `{}`, `null` and the id 0 stand for none. */
export const Reference = z
  .union([
    z.object({ id: z.string().catch(''), name: z.string().catch('') }),
    z.string().transform((id) => ({ id, name: '' })),
  ])
  .nullish()
  .catch(undefined);

/** Its id; undefined where there is none. */
export function idOf(reference: z.infer<typeof Reference>): string | undefined {
  const id = reference?.id ?? '';
  return id === '' || id === '0' ? undefined : id;
}

/** Text that may be absent or null, in the first of several spellings that has any. */
export function firstText(...texts: readonly (string | null | undefined)[]): string | undefined {
  return texts.find((text) => text !== undefined && text !== null && text !== '') ?? undefined;
}

/** Optional text; what is no text counts as absent. */
export const Text = z.string().nullish().catch(undefined);
