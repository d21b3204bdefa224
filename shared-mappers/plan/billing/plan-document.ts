import type { LedgerChange, LedgerEntry } from '../../model/billing/ledger.ts';
import type { FingerprintKey } from '../../model/fingerprint.ts';
import type { BillingDecision } from './decision.ts';
import { documentNumber } from './document-number.ts';
import type { DocumentPlan, Proposal } from './document-plan.ts';
import type { DocumentSubject } from './document-subject.ts';
import { fingerprintOfDocument, saysTheSame } from './fingerprint-of-document.ts';
import { entriesOf, plannedWrite, replaceEntries } from './ledger-changes.ts';
import type { BillingContext, BillingState } from './milestone-facts.ts';
import { differenceKey, proposalFor } from './proposals.ts';
import { isBeyondPrice, type Portion, remainderOf } from './remainder.ts';
import { settledEntries } from './settle.ts';
import { measureOf, sourceKey } from './source-key.ts';
import { freed, type SubjectDocument, subjectDocuments } from './subject-documents.ts';

/**
 * Decides what becomes of one subject. What is due is compared with what its documents bill; a draft of ours is
 * brought up to date, what is missing altogether gets a document, and every other difference is a person's to
 * decide. Nothing that a person changed, authorised or paid is ever written.
 */
export function planDocument(
  subject: DocumentSubject,
  state: BillingState,
  context: BillingContext,
): DocumentPlan {
  const found = subjectDocuments(subject, state, context);
  const answers = new Map(state.decisions.map((decision) => [decision.documentNumber, decision]));
  const ruled = obey(found.documents, answers, subject, context);
  const { documents } = ruled;
  const plan = { subject: subject.subject, leftOut: subject.leftOut };

  const target = documents.findLast(isTarget);
  const locked = documents.filter((document) => document !== target);
  const standing = locked.filter(isStanding);
  const portions = remainderOf(subject.due, locked);
  const adopted = target === undefined ? adoption(standing, portions, subject, context) : undefined;
  if (adopted !== undefined) {
    const remember = [...found.remember, ...ruled.remember, ...adopted];
    return { ...plan, outcome: 'leave', proposals: [], issues: [], remember, decided: ruled.decided };
  }
  const proposals = proposalsOf(standing, portions, target, ruled.approved, subject, context.key);

  const waits = subject.waits !== undefined && standing.length === 0 && target?.standing !== 'open';
  const bills = target !== undefined || standing.length === 0 || ruled.approved;
  if (!bills || waits || portions.length === 0) {
    const remember = [...found.remember, ...ruled.remember];
    if (target?.standing === 'missing') remember.push(...replaceEntries(target.rows, []));
    if (target?.standing === 'open') proposals.push(proposalFor(target, [], 'DOCUMENT_EMPTY', context.key));
    const outcome =
      proposals.length > 0
        ? 'propose'
        : standing.length > 0 || target?.standing === 'open'
          ? 'leave'
          : 'excluded';
    const decided = portions.length === 0 ? [...ruled.decided, ...ruled.billing] : ruled.decided;
    return { ...plan, outcome, proposals, issues: [], remember, decided };
  }

  const number =
    target?.number ??
    documentNumber(subject.firstNumber, Math.max(0, ...documents.map(({ turn }) => turn)) + 1);
  const { document, issues: faults } = subject.build(number, portions, target?.held);
  const isAsSent =
    document !== undefined &&
    target?.standing === 'open' &&
    target.sent === fingerprintOfDocument(context.key, document);
  const remember = [...found.remember, ...ruled.remember];
  const decided = [...ruled.decided, ...ruled.billing];
  const standsAsItIs = { ...plan, outcome: proposals.length > 0 ? 'propose' : 'leave', proposals } as const;
  // What stands already may stay, although it could not be written any more: its period is locked since.
  if (document === undefined || (faults.length > 0 && !isAsSent)) {
    const difference = remainderOf(subject.due, documents);
    const isUnbuilt = document === undefined && portions.some(isBeyondPrice);
    // What cannot be made anew bills what is due all the same.
    if (isUnbuilt && difference.length === 0) return { ...standsAsItIs, issues: [], remember, decided };
    const issues = faults.map((issue) => ({ ...issue, documentNumber: number }));
    const parked = { ...plan, outcome: 'parked', issues, remember: found.remember } as const;
    const isByHand = isUnbuilt || issues.some(({ code }) => code === 'DOCUMENT_NEGATIVE');
    if (!isByHand) return { ...parked, proposals, decided: [] };
    // More is taken back than billed, or at what nobody knows: no invoice can say so, only a credit note by hand.
    const asked = standing.findLast(isSettleable);
    const byHand = byHandOf(asked, difference, context.key);
    return { ...parked, proposals: [...proposals, ...byHand], decided: ruled.billing };
  }

  if (isAsSent) {
    const billed = entriesOf(document, 'billed', subject, context);
    const { entries, rows } = target;
    if (!sameEntries(billed, entries)) remember.push(...replaceEntries(rows, billed));
    return { ...standsAsItIs, issues: [], remember, decided };
  }
  const write = plannedWrite(document, target, target?.rows ?? [], subject, context);
  return { ...plan, outcome: write.action, write, proposals, issues: [], remember, decided };
}

/** Ours to write: the newest draft nobody touched, or a document whose create never landed. */
function isTarget({ standing }: SubjectDocument): boolean {
  return standing === 'open' || standing === 'missing';
}

/** Stands in the accounts, or did until a person voided it, and holds something of ours. */
function isStanding({ standing, entries }: SubjectDocument): boolean {
  return standing === 'unknown' || entries.length > 0;
}

interface Obeyed {
  readonly documents: readonly SubjectDocument[];
  readonly remember: readonly LedgerChange[];
  /** A person let the difference be billed on a further document. */
  readonly approved: boolean;
  /** Decisions carried out by `remember`, and those carried out by the document that is written. */
  readonly decided: readonly string[];
  readonly billing: readonly string[];
}

function obey(
  documents: readonly SubjectDocument[],
  answers: ReadonlyMap<string, BillingDecision>,
  subject: DocumentSubject,
  context: BillingContext,
): Obeyed {
  const remember: LedgerChange[] = [];
  const decided: string[] = [];
  const billing: string[] = [];
  const due = new Set(subject.due.map(sourceKey));
  let approved = false;

  const after = documents.map((document): SubjectDocument => {
    const answer = answers.get(document.number)?.answer;
    const { standing, memory } = document;
    if (isToBeFreed(document)) {
      // Freeing what is not due any more bills nothing: nobody needs to be asked.
      const idle = document.entries.every(({ source }) => !due.has(sourceKey(source)));
      if (answer === 'free' || idle) {
        approved ||= !idle;
        remember.push(...freed(document));
        if (answer !== undefined) decided.push(document.number);
        return { ...document, entries: [], rows: [] };
      }
      if (answer === 'settled' && memory !== undefined) {
        const settledMemory = { ...memory, settled: true } as const;
        remember.push({ kind: 'document', memory: settledMemory });
        decided.push(document.number);
        return { ...document, memory: settledMemory };
      }
      return document;
    }
    // An answer to what is no question any more is used up.
    if (answer !== undefined && (isTarget(document) || !isStanding(document))) decided.push(document.number);
    else if (answer === 'next-invoice' && standing !== 'void') {
      approved = true;
      billing.push(document.number);
    }
    return document;
  });

  const settling = after.findLast(
    (document) => answers.get(document.number)?.answer === 'settled' && isSettleable(document),
  );
  if (settling === undefined) return { documents: after, remember, approved, decided, billing };
  const { number } = settling;
  const seen = answers.get(number)?.of;
  const isSeen = (some: readonly SubjectDocument[]): boolean => {
    const difference = remainderOf(subject.due, some).map(({ source }) => source);
    return seen === undefined || seen === differenceKey(context.key, difference);
  };
  // What was asked about counted on an answer to free lines, which not every host keeps until then.
  const freeing = isSeen(after) ? [] : after.filter(isToBeFreed);
  const counted = after.map((one) => (freeing.includes(one) ? { ...one, entries: [], rows: [] } : one));
  if (!isSeen(counted)) {
    // More has happened since the person looked: asked again.
    return { documents: after, remember, approved, decided: [...decided, number], billing };
  }
  const settled = settledEntries(counted, number, subject, context);
  return {
    documents: settled.documents,
    remember: [...remember, ...freeing.flatMap(freed), ...settled.remember],
    approved,
    decided: [...decided, number],
    billing,
  };
}

/**
 * A document of our number that says exactly what would be written is ours, although the ledger was lost. What it
 * bills is remembered instead of billed again.
 */
function adoption(
  standing: readonly SubjectDocument[],
  portions: readonly Portion[],
  subject: DocumentSubject,
  context: BillingContext,
): LedgerChange[] | undefined {
  const [only, ...others] = standing;
  if (only?.standing !== 'unknown' || only.held === undefined || others.length > 0) return undefined;
  const { document } = subject.build(only.number, portions, only.held);
  if (document === undefined || portions.length === 0) return undefined;
  const fingerprint = fingerprintOfDocument(context.key, document);
  if (!saysTheSame(fingerprint, fingerprintOfDocument(context.key, only.held))) return undefined;
  const { memory, intended } = plannedWrite(document, undefined, [], subject, context);
  const { pending: _, ...known } = memory;
  return [
    ...replaceEntries([], intended),
    { kind: 'document', memory: { ...known, documentId: only.held.id, fingerprint, sent: fingerprint } },
  ];
}

function isToBeFreed({ standing, memory, entries }: SubjectDocument): boolean {
  return standing === 'void' && memory?.settled !== true && entries.length > 0;
}

function isSettleable({ standing, memory }: SubjectDocument): boolean {
  return (
    standing === 'closed' ||
    standing === 'changed' ||
    standing === 'unknown' ||
    (standing === 'void' && memory?.settled === true)
  );
}

function proposalsOf(
  standing: readonly SubjectDocument[],
  portions: readonly Portion[],
  target: SubjectDocument | undefined,
  approved: boolean,
  { hasForeignNumber }: Pick<DocumentSubject, 'hasForeignNumber'>,
  key: FingerprintKey,
): Proposal[] {
  const proposals: Proposal[] = [];
  for (const document of standing) {
    if (document.standing === 'void' && document.memory?.settled !== true) {
      proposals.push(
        proposalFor(
          document,
          document.entries.map(({ source }) => source),
          'DOCUMENT_VOIDED',
          key,
        ),
      );
    }
  }
  const difference = portions.map(({ source }) => source);
  const last = standing.findLast(isSettleable);
  if (last === undefined) return proposals;
  // Nothing is due of it, and yet there is a document that may bill something.
  const isStray = last.standing === 'unknown' && hasForeignNumber !== true;
  const isAsked = target === undefined && !approved && (difference.length > 0 || isStray);
  if (!isAsked && !last.isUncertain) return proposals;
  const code =
    last.standing === 'unknown'
      ? 'DOCUMENT_UNKNOWN'
      : last.standing === 'changed' || last.standing === 'open'
        ? 'DOCUMENT_CHANGED_BY_PERSON'
        : 'DOCUMENT_CLOSED';
  return [...proposals, proposalFor(last, difference, code, key)];
}

function byHandOf(
  asked: SubjectDocument | undefined,
  portions: readonly Portion[],
  key: FingerprintKey,
): Proposal[] {
  if (asked === undefined || portions.length === 0) return [];
  const difference = portions.map(({ source }) => source);
  return [{ ...proposalFor(asked, difference, 'DOCUMENT_CLOSED', key), answers: ['settled'] }];
}

function sameEntries(wanted: readonly LedgerEntry[], known: readonly LedgerEntry[]): boolean {
  if (wanted.length !== known.length) return false;
  const byKey = new Map(known.map((entry) => [sourceKey(entry.source), entry]));
  return wanted.every((entry) => {
    const other = byKey.get(sourceKey(entry.source));
    return (
      other !== undefined && other.line === entry.line && measureOf(other.source).eq(measureOf(entry.source))
    );
  });
}
