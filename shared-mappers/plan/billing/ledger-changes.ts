import type { DesiredDocument, HeldDocument } from '../../model/billing/document.ts';
import type { DocumentMemory, LedgerChange, LedgerEntry, LedgerKey } from '../../model/billing/ledger.ts';
import type { PlannedWrite } from './document-plan.ts';
import type { DocumentSubject } from './document-subject.ts';
import { fingerprintOfDocument } from './fingerprint-of-document.ts';
import type { BillingContext } from './milestone-facts.ts';
import { sourceKey } from './source-key.ts';
import type { StandingDocument } from './standing.ts';

/** One entry for each source of the document's lines. */
export function entriesOf(
  document: DesiredDocument,
  state: LedgerEntry['state'],
  { purpose, subject }: Pick<DocumentSubject, 'purpose' | 'subject'>,
  { scope, recipe, now }: BillingContext,
): LedgerEntry[] {
  return document.lines.flatMap((line, position) =>
    line.sources.map((source) => ({
      scope,
      recipe,
      purpose,
      subject,
      source,
      documentNumber: document.number,
      line: position,
      state,
      at: now,
    })),
  );
}

export function forget({ scope, purpose, source, documentNumber, state }: LedgerEntry): LedgerChange {
  const key: LedgerKey = {
    scope,
    purpose,
    source: { kind: source.kind, id: source.id },
    documentNumber,
    state,
  };
  return { kind: 'forget', key };
}

/** Makes these the document's only live entries, as billed. */
export function replaceEntries(
  known: readonly LedgerEntry[],
  wanted: readonly LedgerEntry[],
): LedgerChange[] {
  const billed = wanted.map((entry): LedgerEntry => ({ ...entry, state: 'billed' }));
  const kept = new Set(billed.map(({ source }) => sourceKey(source)));
  const dropped = known.filter(
    ({ state, source }) => state === 'intended' || (state === 'billed' && !kept.has(sourceKey(source))),
  );
  return [...dropped.map(forget), ...billed.map((entry): LedgerChange => ({ kind: 'entry', entry }))];
}

/** The write of a document with the ledger's part in it. @param rows all rows of this document that are not freed. */
export function plannedWrite(
  document: DesiredDocument,
  before: Pick<StandingDocument, 'memory' | 'held'> | undefined,
  rows: readonly LedgerEntry[],
  subject: DocumentSubject,
  context: BillingContext,
): PlannedWrite {
  const intended = entriesOf(document, 'intended', subject, context);
  const wanted = new Set(intended.map(({ source }) => sourceKey(source)));
  const earlier = rows.filter(({ state }) => state === 'intended');
  const pending = fingerprintOfDocument(context.key, document);
  const memory: DocumentMemory = {
    scope: context.scope,
    recipe: context.recipe,
    number: document.number,
    ...(before?.held === undefined ? {} : { documentId: before.held.id }),
    subject: subject.subject,
    ...optional(before?.memory),
    pending,
    total: document.total,
    at: context.now,
  };
  const { pending: _, ...withoutPending } = memory;
  const target =
    before?.held === undefined
      ? ({ action: 'create', document } as const)
      : ({ action: 'update', id: before.held.id, document } as const);
  return {
    ...target,
    memory,
    rows,
    intended,
    intent: [
      ...earlier.filter(({ source }) => !wanted.has(sourceKey(source))).map(forget),
      ...intended.map((entry): LedgerChange => ({ kind: 'entry', entry })),
      { kind: 'document', memory },
    ],
    withdrawal: [...intended.map(forget), { kind: 'document', memory: withoutPending }],
  };
}

function optional(
  memory: DocumentMemory | undefined,
): Pick<DocumentMemory, 'fingerprint' | 'sent' | 'attached'> {
  return {
    ...(memory?.attached === undefined ? {} : { attached: memory.attached }),
    ...(memory?.fingerprint === undefined ? {} : { fingerprint: memory.fingerprint }),
    ...(memory?.sent === undefined ? {} : { sent: memory.sent }),
  };
}

/** What to remember once the accounts have answered a write with the document they now hold. */
export function confirmationOf(
  { memory, intended, rows }: PlannedWrite,
  held: HeldDocument,
  { key, now }: Pick<BillingContext, 'key' | 'now'>,
): LedgerChange[] {
  const { pending, ...known } = memory;
  const confirmed: DocumentMemory = {
    ...known,
    documentId: held.id,
    fingerprint: fingerprintOfDocument(key, held),
    ...(pending === undefined ? {} : { sent: pending }),
    at: now,
  };
  return [...replaceEntries([...rows, ...intended], intended), { kind: 'document', memory: confirmed }];
}
