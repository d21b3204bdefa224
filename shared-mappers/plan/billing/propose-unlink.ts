import type { LedgerEntry } from '../../model/billing/ledger.ts';
import type { DocumentPlan } from './document-plan.ts';
import type { BillingContext, BillingState } from './milestone-facts.ts';
import { proposalFor } from './proposals.ts';
import { freed, holding } from './subject-documents.ts';

/**
 * Asks about a line that waits in the accounts to be charged to a customer who is not to be charged for it any more. The
 * link goes by hand; once a person says that it has, the ledger forgets the charge.
 */
export function proposeUnlink(
  plan: DocumentPlan,
  state: BillingState,
  { recipe, key }: Pick<BillingContext, 'recipe' | 'key'>,
): DocumentPlan {
  // What is asked about the document itself comes first: its answer may be to void it, and the link with it.
  if (plan.proposals.length > 0) return plan;
  const all = state.entries.filter((entry) => isLink(entry, plan.subject, recipe));
  const number = all[0]?.documentNumber;
  if (number === undefined) return plan;
  // One document a run: an answer is filed under its number.
  const links = all.filter(({ documentNumber }) => documentNumber === number);
  const memory = state.memories.find((candidate) => candidate.number === number);
  const held = holding(number, memory, state.held);
  const stands = held !== undefined && held.status !== 'voided' && held.status !== 'deleted';
  const isAnswered = state.decisions.some((one) => one.documentNumber === number && one.answer === 'free');
  if (!stands || isAnswered) {
    const decided = isAnswered ? [...new Set([...plan.decided, number])] : plan.decided;
    return { ...plan, remember: [...plan.remember, ...freed({ rows: links })], decided };
  }
  const difference = links.map(({ source }) => source);
  const outcome = plan.write === undefined ? 'propose' : plan.outcome;
  return { ...plan, outcome, proposals: [proposalFor({ number, held }, difference, 'LINK_NOT_DUE', key)] };
}

function isLink(entry: LedgerEntry, subject: string, recipe: string): boolean {
  return (
    entry.purpose === 'charge' &&
    entry.recipe === recipe &&
    entry.state !== 'freed' &&
    entry.subject === subject
  );
}
