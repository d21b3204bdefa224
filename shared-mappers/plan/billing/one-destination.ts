import type { LineSource } from '../../model/billing/document.ts';
import type { LedgerEntry, Purpose } from '../../model/billing/ledger.ts';
import { sourceKey } from './source-key.ts';

/**
 * A source goes to one destination a purpose: a log that became a time entry to be invoiced from is not invoiced
 * as well. Answers, for a source, why this recipe must leave it alone.
 */
export function otherDestination(
  entries: readonly LedgerEntry[],
  purpose: Purpose,
  recipe: string,
): (source: Pick<LineSource, 'kind' | 'id'>) => string | undefined {
  const owners = new Map<string, string>();
  for (const entry of entries) {
    if (entry.purpose === purpose && entry.recipe !== recipe && entry.state !== 'freed') {
      owners.set(sourceKey(entry.source), entry.recipe);
    }
  }
  if (owners.size === 0) return () => undefined;
  return (source) => {
    const owner = owners.get(sourceKey(source));
    return owner === undefined ? undefined : `taken by the recipe ${owner}`;
  };
}
