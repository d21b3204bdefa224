import type { FieldSchema } from '../../model/field-schema.ts';
import { tidyText } from './tidy-text.ts';

/** The choices two fields share, recognised in any case. */
export interface Choices {
  /** The canonical spelling: the left field's, else the right's, else the text itself. */
  canonical(text: string): string;
  /** How one of the two fields spells each canonical choice that it has. */
  spellings(field: FieldSchema): ReadonlyMap<string, string>;
}

export function sharedChoices(left: FieldSchema, right: FieldSchema): Choices {
  const canonicalOf = new Map<string, string>();
  for (const choice of [...(left.choices ?? []), ...(right.choices ?? [])]) {
    const tidy = tidyText(choice);
    const lower = tidy.toLowerCase();
    const canonical = canonicalOf.get(tidy) ?? canonicalOf.get(lower) ?? tidy;
    canonicalOf.set(tidy, canonical);
    if (!canonicalOf.has(lower)) canonicalOf.set(lower, canonical);
  }
  const canonical = (text: string): string =>
    canonicalOf.get(text) ?? canonicalOf.get(text.toLowerCase()) ?? text;

  return {
    canonical,
    spellings(field) {
      const own = new Map<string, string>();
      for (const choice of field.choices ?? []) {
        const shared = canonical(tidyText(choice));
        if (!own.has(shared)) own.set(shared, choice);
      }
      return own;
    },
  };
}

/** Choices of one field that the other refuses, in order. */
export function choicesRefused(from: FieldSchema, by: FieldSchema): string[] {
  if (!by.restricted || by.choices === undefined) return [];
  const known = new Set(by.choices.map((choice) => tidyText(choice).toLowerCase()));
  return (from.choices ?? []).filter((choice) => !known.has(tidyText(choice).toLowerCase()));
}
