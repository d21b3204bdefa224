import type { LedgerEntry } from '../../model/billing/ledger.ts';
import type { DocumentPlan, Proposal } from './document-plan.ts';
import type { DocumentSubject } from './document-subject.ts';
import { ledgerAfter } from './ledger-after.ts';
import type { BillingContext, BillingState } from './milestone-facts.ts';
import { planDocument } from './plan-document.ts';
import { proposalFor } from './proposals.ts';
import { sourceOf } from './remainder.ts';
import { sourceKey } from './source-key.ts';
import { freed } from './subject-documents.ts';

/**
 * Decides what becomes of a document whose lines somebody else chose: one that charges what the ledger says is charged
 * elsewhere, by any recipe or for another subject, is not sent before a person has taken one of the two charges away.
 */
export function planUnlessCharged(
  subject: DocumentSubject,
  state: BillingState,
  context: BillingContext,
): DocumentPlan {
  const others = chargesElsewhere(subject, state.entries, context);
  if (others.length === 0) return planDocument(subject, state, context);
  const proposal = proposalOf(subject, others, context);
  const isAbout = ({ documentNumber }: BillingState['decisions'][number]): boolean =>
    documentNumber === proposal.documentNumber;
  const decision = state.decisions.find(isAbout);
  // More may be charged elsewhere since the person looked: asked again.
  if (decision?.answer !== 'free' || (decision.of ?? proposal.key) !== proposal.key) {
    return {
      subject: subject.subject,
      outcome: 'propose',
      proposals: [proposal],
      issues: [],
      remember: [],
      decided: decision === undefined ? [] : [decision.documentNumber],
      leftOut: subject.leftOut,
    };
  }
  const freeing = freed({ rows: others });
  const decisions = state.decisions.filter((one) => !isAbout(one));
  const plan = planDocument(subject, { ...state, ...ledgerAfter(state, freeing), decisions }, context);
  // Until the document can be written the other charge stands as it was.
  if (plan.outcome === 'parked') return plan;
  return {
    ...plan,
    remember: [...freeing, ...plan.remember],
    decided: [...plan.decided, decision.documentNumber],
  };
}

function chargesElsewhere(
  { due, purpose, subject }: DocumentSubject,
  entries: readonly LedgerEntry[],
  { recipe }: Pick<BillingContext, 'recipe'>,
): LedgerEntry[] {
  const sources = new Set(due.map(sourceKey));
  return entries.filter(
    (entry) =>
      entry.purpose === purpose &&
      entry.state !== 'freed' &&
      !(entry.recipe === recipe && entry.subject === subject) &&
      sources.has(sourceKey(entry.source)),
  );
}

function proposalOf(
  { due, firstNumber }: DocumentSubject,
  others: readonly LedgerEntry[],
  { key }: Pick<BillingContext, 'key'>,
): Proposal {
  const charged = new Set(others.map(({ source }) => sourceKey(source)));
  const difference = due.filter((item) => charged.has(sourceKey(item))).map(sourceOf);
  const asked = proposalFor({ number: firstNumber, held: undefined }, difference, 'EXPENSE_CHARGED', key);
  const places = new Set(others.map(({ recipe, documentNumber }) => `${documentNumber} by ${recipe}`));
  return { ...asked, message: `${asked.message}, on ${[...places].join(', ')}` };
}
