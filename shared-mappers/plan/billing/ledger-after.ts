import type { LedgerChange, LedgerEntry, LedgerKey } from '../../model/billing/ledger.ts';
import type { BillingState } from './milestone-facts.ts';
import { sourceKey } from './source-key.ts';

/** What the ledger says of a subject once these changes are kept. */
export function ledgerAfter(
  { entries, memories }: Pick<BillingState, 'entries' | 'memories'>,
  changes: readonly LedgerChange[],
): Pick<BillingState, 'entries' | 'memories'> {
  const byKey = new Map(entries.map((entry): [string, LedgerEntry] => [keyOf(entry), entry]));
  const byNumber = new Map(memories.map((memory) => [memory.number, memory]));
  for (const change of changes) {
    if (change.kind === 'entry') byKey.set(keyOf(change.entry), change.entry);
    else if (change.kind === 'forget') byKey.delete(keyOf(change.key));
    else byNumber.set(change.memory.number, change.memory);
  }
  return { entries: [...byKey.values()], memories: [...byNumber.values()] };
}

function keyOf({ purpose, source, documentNumber, state }: LedgerKey): string {
  return [purpose, sourceKey(source), documentNumber, state].join('\u0000');
}
