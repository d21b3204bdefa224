import type { HeldDocument } from '../../model/billing/document.ts';
import type { DocumentMemory, LedgerEntry } from '../../model/billing/ledger.ts';
import { BILLING_ANSWERS, type BillingDecision } from '../../plan/billing/decision.ts';
import { numbersToLookUp } from '../../plan/billing/document-number.ts';
import type { BillingState } from '../../plan/billing/milestone-facts.ts';
import { sourceKey } from '../../plan/billing/source-key.ts';
import type { Decision } from '../../ports/store.ts';
import type { BillingJob, BillingPorts, BillingSubject } from './billing-job.ts';

/** What the ledger, the accounts and people say about each subject. */
export type StateOf = (subject: BillingSubject) => BillingState;

/**
 * Looks everything up for all subjects together.
 *
 * @param found entries of the subjects' sources.
 */
export async function ledgerFacts(
  subjects: readonly BillingSubject[],
  found: readonly LedgerEntry[],
  scope: string,
  { recipe }: BillingJob,
  { ledger, store, target }: BillingPorts,
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
  const held = await heldDocuments(subjects, memoriesOf, target);
  const decisions = Map.groupBy(await store.decisions(scope, ids), ({ subject }) => subject);

  return (subject) => {
    const own = memoriesOf.get(subject.id) ?? [];
    const entries = new Map(
      [
        ...subject.sources.flatMap((source) => bySource.get(sourceKey(source)) ?? []),
        ...own.flatMap(({ number }) => byNumber.get(number) ?? []),
      ].map((entry) => [keyText(entry), entry]),
    );
    return {
      entries: [...entries.values()],
      memories: own,
      held: numbersOf(subject, own).flatMap((number) => held.get(`${subject.kind} ${number}`) ?? []),
      decisions: (decisions.get(subject.id) ?? []).flatMap(toBilling),
    };
  };
}

async function heldDocuments(
  subjects: readonly BillingSubject[],
  memoriesOf: ReadonlyMap<string, readonly DocumentMemory[]>,
  target: BillingPorts['target'],
): Promise<Map<string, HeldDocument>> {
  const held = new Map<string, HeldDocument>();
  for (const [kind, some] of Map.groupBy(subjects, (subject) => subject.kind)) {
    const numbers = some.flatMap((subject) => numbersOf(subject, memoriesOf.get(subject.id) ?? []));
    if (numbers.length === 0) continue;
    const documents = await target.documentsByNumber(kind, [...new Set(numbers)]);
    for (const document of documents) {
      const key = `${kind} ${document.number}`;
      const other = held.get(key);
      // A deleted draft frees its number for another: the one that stands counts.
      if (other === undefined || isGone(other)) held.set(key, document);
    }
  }
  return held;
}

function isGone({ status }: HeldDocument): boolean {
  return status === 'deleted' || status === 'voided';
}

function numbersOf({ firstNumber, waits }: BillingSubject, memories: readonly DocumentMemory[]): string[] {
  if (waits !== undefined && memories.length === 0) return [];
  return numbersToLookUp(
    firstNumber,
    memories.map(({ number }) => number),
  );
}

function toBilling({ field, take }: Decision): BillingDecision[] {
  const [said, seen] = 'value' in take ? take.value.split(' ') : [];
  const answer = BILLING_ANSWERS.find((one) => one === said);
  if (answer === undefined) return [];
  return [{ documentNumber: field, answer, ...(seen === undefined ? {} : { of: seen }) }];
}

function keyText({ purpose, source, documentNumber, state }: LedgerEntry): string {
  return `${purpose} ${sourceKey(source)} ${documentNumber} ${state}`;
}
