import { failure } from './billing-issue.ts';
import type { DocumentPlan } from './document-plan.ts';
import type { DocumentSubject } from './document-subject.ts';
import type { BillingContext, BillingState } from './milestone-facts.ts';
import { planDocument } from './plan-document.ts';
import { freed, holding } from './subject-documents.ts';

/** Something that its documents stand for no longer, and why: `gone from Zoho Books`. */
export interface GoneSubject extends Pick<DocumentSubject, 'subject' | 'firstNumber' | 'purpose'> {
  readonly because: string;
}

/**
 * Decides what becomes of the documents of something that is gone: nothing of it is due any more, and no document can
 * say so, so that a person is asked about each that stands.
 */
export function planGone(
  { because, ...subject }: GoneSubject,
  state: BillingState,
  context: BillingContext,
): DocumentPlan {
  const entries = state.entries.filter((entry) => !isSeenTo(entry.documentNumber, state));
  const own = entries.filter(
    (entry) => entry.subject === subject.subject && entry.purpose === subject.purpose,
  );
  const plan = planDocument(
    {
      ...subject,
      due: [],
      leftOut: own.map(({ source: { kind, id } }) => ({ kind, id, because })),
      build: (number) => ({
        issues: [failure('DOCUMENT_NEGATIVE', `${number} could only take back: ${because}`)],
      }),
    },
    { ...state, entries },
    context,
  );
  const proposals = plan.proposals.map((one) => ({ ...one, message: `${one.message}; ${because}` }));
  return { ...plan, proposals };
}

/** Something that is gone, and whose document is another's by now: it lets go of it. */
export function planReplaced(
  { subject, purpose, because }: Omit<GoneSubject, 'firstNumber'>,
  { entries }: Pick<BillingState, 'entries'>,
): DocumentPlan {
  const rows = entries.filter(
    (entry) => entry.subject === subject && entry.purpose === purpose && entry.state !== 'freed',
  );
  return {
    subject,
    outcome: 'excluded',
    proposals: [],
    issues: [],
    remember: freed({ rows }),
    decided: [],
    leftOut: rows.map(({ source: { kind, id } }) => ({ kind, id, because })),
  };
}

/** A person has said of a voided document that its lines are never billed again: there is nothing to take back. */
function isSeenTo(number: string, { memories, held }: BillingState): boolean {
  const memory = memories.find((candidate) => candidate.number === number);
  const status = holding(number, memory, held)?.status;
  const stands = status !== undefined && status !== 'voided' && status !== 'deleted';
  return memory?.settled === true && !stands;
}
