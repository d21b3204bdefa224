import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import type { HeldDocument, HeldLine } from '../../model/billing/document.ts';
import { type LedgerChange, type LedgerEntry, NO_LINE } from '../../model/billing/ledger.ts';
import type { FollowUp } from '../../plan/billing/follow-ups.ts';
import { forget } from '../../plan/billing/ledger-changes.ts';
import { holding } from '../../plan/billing/subject-documents.ts';
import type { WritingDesk } from './billing-job.ts';
import type { DocumentSource } from './document-source.ts';
import { settleSubject, type Trouble } from './park-billing.ts';
import type { StandingDocument } from './write-documents.ts';

/**
 * Does what belongs to documents besides: receipts attached, lines linked to the customer, notes in the history. Each
 * but a note is remembered as soon as it is done, so that whatever fails or breaks off is all that a later run has left to do.
 */
export async function followUpDocuments(
  standing: readonly StandingDocument[],
  desk: WritingDesk,
): Promise<void> {
  const { ports, guard } = desk;
  if (standing.length === 0) return;
  ports.progress.begin('write-right', standing.length);
  for (const { one, troubles, held } of standing) {
    if (ports.stop.requested) throw new StackbridgeError('STOPPED', 'Stopped between documents');
    const found = [...troubles];
    for (const followUp of one.followUps) {
      const trouble = await attempt(followUp, one.subject, held, desk);
      if (trouble !== undefined) found.push(trouble);
    }
    await guard.hold();
    await ports.store.commit(guard.lease, settleSubject(one.subject, found, desk));
    ports.progress.advance('write-right', 1);
  }
  ports.progress.end('write-right');
}

/** @returns what went wrong with this one alone */
async function attempt(
  followUp: FollowUp,
  subject: DocumentSource,
  held: readonly HeldDocument[],
  desk: WritingDesk,
): Promise<Trouble | undefined> {
  const { documentNumber } = followUp;
  try {
    const { ledger } = desk.ports;
    const { scope, recipe } = desk.context;
    const memories = await ledger.documents(scope, recipe, [subject.id]);
    const memory = memories.find(({ number }) => number === documentNumber);
    const document = holding(documentNumber, memory, held);
    if (document === undefined || memory === undefined) return undefined;
    if (followUp.kind === 'rebill') return await link(followUp, document, desk);
    if (followUp.kind === 'note') {
      await desk.guard.hold();
      await desk.ports.target.addHistory(document.kind, document.id, followUp.note);
      return undefined;
    }
    if (await attach(followUp.fileName, subject, document, desk)) {
      const attached = [...(memory.attached ?? []), followUp.fileName];
      await remember([{ kind: 'document', memory: { ...memory, attached } }], desk);
    }
    return undefined;
  } catch (error) {
    if (!(error instanceof StackbridgeError) || endsTheRun(error)) throw error;
    return { kind: 'failure', code: error.code, message: error.message, documentNumber };
  }
}

/** @returns whether the file is on the document now; a receipt that is gone from the books is on none */
async function attach(
  fileName: string,
  { receipt }: DocumentSource,
  { kind, id, hasAttachments }: HeldDocument,
  { ports, guard, writes }: WritingDesk,
): Promise<boolean> {
  const file = await receipt?.load();
  if (file === undefined) return false;
  await guard.hold();
  await ports.target.attach(kind, id, { fileName, ...file }, hasAttachments);
  writes.xero++;
  return true;
}

async function link(
  { customer, entry, stale }: Extract<FollowUp, { kind: 'rebill' }>,
  document: HeldDocument,
  desk: WritingDesk,
): Promise<Trouble | undefined> {
  const { documentNumber } = entry;
  if ('issue' in customer) return { ...customer.issue, documentNumber };
  const line = lineOf(entry, document);
  if (line === undefined) {
    const message = 'The line that books it is not on the document any more: link it in Xero';
    return { kind: 'failure', code: 'RECORD_GONE', message, documentNumber };
  }
  // Taken from before the call on: whatever becomes of the answer, no invoice of another recipe charges it.
  const intended: LedgerEntry = { ...entry, state: 'intended' };
  await remember([{ kind: 'entry', entry: intended }], desk);
  await desk.guard.hold();
  await desk.ports.target.linkForRebilling(document, line.id, customer.id);
  desk.writes.xero++;
  await remember([forget(intended), { kind: 'entry', entry }, ...stale.map(forget)], desk);
  return undefined;
}

/** A bill of one line that a person has said is ours books it there. */
function lineOf({ line }: LedgerEntry, { lines }: HeldDocument): HeldLine | undefined {
  const [only, ...others] = lines;
  return line === NO_LINE && others.length === 0 ? only : lines[line];
}

async function remember(changes: readonly LedgerChange[], { ports, guard }: WritingDesk): Promise<void> {
  await guard.hold();
  await ports.ledger.commitLedger(guard.lease, changes);
}

/** What the next document would meet as well. */
function endsTheRun({ class: of, code }: StackbridgeError): boolean {
  return (
    of === 'Reconnect' ||
    of === 'Throttled' ||
    of === 'Bug' ||
    code === 'STOPPED' ||
    code.startsWith('LEASE_')
  );
}
