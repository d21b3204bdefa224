import type { SourceRecord } from '../model/record.ts';
import type { OwnerRule } from './contact-options.ts';

/** The record among several with one address whose fields are the member's; undefined where a person has to say. */
export function chooseOwner(lefts: readonly SourceRecord[], rule: OwnerRule): SourceRecord | undefined {
  if (lefts.length <= 1) return lefts[0];
  // Ids are handed out in ascending order, so the smallest is the oldest record; it never changes, so neither does the owner.
  const byAge = lefts.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  switch (rule.by) {
    case 'review':
      return undefined;
    case 'oldest':
      return byAge[0];
    case 'newest':
      return byAge.at(-1);
    case 'field': {
      const matching = byAge.filter((record) => rule.matches(record.values));
      return matching.length === 1 ? matching[0] : undefined;
    }
  }
}
