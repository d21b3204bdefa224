import type { LedgerEntry } from '../../model/billing/ledger.ts';
import { BILLING_ANSWERS, type BillingDecision } from '../../plan/billing/decision.ts';
import type { BillingContext, BillingState } from '../../plan/billing/milestone-facts.ts';
import { sourceKey } from '../../plan/billing/source-key.ts';
import type { AccountingTarget } from '../../ports/accounting-target.ts';
import type { Decision } from '../../ports/store.ts';
import type { BillingPorts } from './billing-job.ts';
import type { DocumentSource } from './document-source.ts';
import { heldDocuments } from './held-documents.ts';

/** What the ledger and people say about each subject. */
export type KnownOf = (subject: Pick<DocumentSource, 'id' | 'sources'>) => Omit<BillingState, 'held'>;

/** What the ledger, the accounts and people say about each subject. */
export type StateOf = (subject: DocumentSource) => BillingState;

/**
 * Looks everything up for all subjects together.
 *
 * @param found entries of the subjects' sources.
 */
export async function ledgerFacts(
  subjects: readonly DocumentSource[],
  found: readonly LedgerEntry[],
  { scope, recipe }: Pick<BillingContext, 'scope' | 'recipe'>,
  { ledger, store }: Pick<BillingPorts, 'ledger' | 'store'>,
): Promise<KnownOf> {
  const ids = subjects.map(({ id }) => id);
  const memories = await ledger.documents(scope, recipe, ids);
  const memoriesOf = Map.groupBy(memories, ({ subject }) => subject);
  const ofDocuments = await ledger.entriesOf(
    scope,
    memories.map(({ number }) => number),
  );
  const bySource = Map.groupBy(found, ({ source }) => sourceKey(source));
  const byNumber = Map.groupBy(ofDocuments, ({ documentNumber }) => documentNumber);
  const decisions = Map.groupBy(await store.decisions(scope, ids), ({ subject }) => subject);

  return ({ id, sources }) => {
    const own = memoriesOf.get(id) ?? [];
    const entries = new Map(
      [
        ...sources.flatMap((source) => bySource.get(sourceKey(source)) ?? []),
        ...own.flatMap(({ number }) => byNumber.get(number) ?? []),
      ].map((entry) => [keyText(entry), entry]),
    );
    return {
      entries: [...entries.values()],
      memories: own,
      decisions: (decisions.get(id) ?? []).flatMap(billingDecision),
    };
  };
}

/** The same with what the accounts hold of the subjects that are open; the documents of others are not looked up. */
export async function accountsFacts(
  open: readonly DocumentSource[],
  knownOf: KnownOf,
  target: AccountingTarget,
): Promise<StateOf> {
  const heldOf = await heldDocuments(
    open.map((subject) => ({ subject, memories: knownOf(subject).memories })),
    target,
  );
  return (subject) => {
    const known = knownOf(subject);
    return { ...known, held: heldOf({ subject, memories: known.memories }) };
  };
}

/** A person's answer as the planner takes it; none where it is no answer to a billing question. */
export function billingDecision({ field, take }: Decision): BillingDecision[] {
  const [said, seen] = 'value' in take ? take.value.split(' ') : [];
  const answer = BILLING_ANSWERS.find((one) => one === said);
  if (answer === undefined) return [];
  return [{ documentNumber: field, answer, ...(seen === undefined ? {} : { of: seen }) }];
}

function keyText({ purpose, source, documentNumber, state }: LedgerEntry): string {
  return `${purpose} ${sourceKey(source)} ${documentNumber} ${state}`;
}
