import type { LedgerEntry } from '../../model/billing/ledger.ts';
import { BILLING_ANSWERS, type BillingDecision } from '../../plan/billing/decision.ts';
import type { BillingContext, BillingState } from '../../plan/billing/milestone-facts.ts';
import { sourceKey } from '../../plan/billing/source-key.ts';
import type { Decision } from '../../ports/store.ts';
import type { BillingPorts } from './billing-job.ts';
import type { DocumentSource } from './document-source.ts';
import { heldDocuments } from './held-documents.ts';
import type { SettledSubjects } from './settled-subjects.ts';

/** What the ledger, the accounts and people say about each subject. */
export type StateOf = (subject: DocumentSource) => BillingState;

/**
 * Looks everything up for all subjects together; the documents of settled ones are left out.
 *
 * @param found entries of the subjects' sources.
 * @param settled finds out in between which subjects those are
 */
export async function ledgerFacts(
  subjects: readonly DocumentSource[],
  found: readonly LedgerEntry[],
  { scope, recipe }: Pick<BillingContext, 'scope' | 'recipe'>,
  { ledger, store, target }: BillingPorts,
  settled: SettledSubjects,
): Promise<StateOf> {
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

  const knownOf = (subject: DocumentSource): Omit<BillingState, 'held'> => {
    const memories = memoriesOf.get(subject.id) ?? [];
    const entries = new Map(
      [
        ...subject.sources.flatMap((source) => bySource.get(sourceKey(source)) ?? []),
        ...memories.flatMap(({ number }) => byNumber.get(number) ?? []),
      ].map((entry) => [keyText(entry), entry]),
    );
    return {
      entries: [...entries.values()],
      memories,
      decisions: (decisions.get(subject.id) ?? []).flatMap(billingDecision),
    };
  };
  await settled.find(subjects, knownOf);
  const open = subjects.filter((subject) => !settled.has(subject));
  const remembered = open.map((subject) => ({ subject, memories: memoriesOf.get(subject.id) ?? [] }));
  const heldOf = await heldDocuments(remembered, target);
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
