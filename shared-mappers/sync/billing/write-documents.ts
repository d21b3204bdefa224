import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import type { HeldDocument } from '../../model/billing/document.ts';
import { checkHeld } from '../../plan/billing/check-held.ts';
import type { PlannedWrite } from '../../plan/billing/document-plan.ts';
import { confirmationOf } from '../../plan/billing/ledger-changes.ts';
import type { DocumentResult, DocumentWrite } from '../../ports/accounting-target.ts';
import type { StoreChange } from '../../ports/store.ts';
import type { BillingSubject, WritingDesk } from './billing-job.ts';
import { parkSubject, type Trouble } from './park-billing.ts';
import type { PlannedDocument, PlannedDocuments } from './planned-document.ts';
import { settledDecisions, troublesOf } from './remember-billing.ts';

interface Writing extends PlannedDocument {
  readonly write: PlannedWrite;
}

/**
 * Sends the documents in batches. The intent of a batch is kept before it is sent and its answer as soon as it is there:
 * after a crash the next run finds by number what has landed. Ends between batches when asked to stop.
 */
export async function writeDocuments(
  ready: readonly PlannedDocument[],
  documents: Pick<PlannedDocuments, 'stateOf'>,
  desk: WritingDesk,
): Promise<void> {
  const { progress, stop, target } = desk.ports;
  const writing = ready.flatMap((one): Writing[] =>
    one.plan.write === undefined ? [] : [{ ...one, write: one.plan.write }],
  );
  if (writing.length === 0) return;
  progress.begin('write-right', writing.length);
  const kinds = Map.groupBy(writing, ({ write }) => `${write.action} ${write.document.kind}`);
  for (const some of kinds.values()) {
    for (let from = 0; from < some.length; from += target.writeBatch) {
      if (stop.requested) throw new StackbridgeError('STOPPED', 'Stopped between batches');
      const batch = some.slice(from, from + target.writeBatch);
      await writeBatch(batch, documents, desk);
      progress.advance('write-right', batch.length);
    }
  }
  progress.end('write-right');
}

async function writeBatch(
  batch: readonly Writing[],
  documents: Pick<PlannedDocuments, 'stateOf'>,
  desk: WritingDesk,
): Promise<void> {
  const { ports, guard, context } = desk;
  const [first] = batch;
  if (first === undefined) return;
  await guard.hold();
  await ports.ledger.commitLedger(
    guard.lease,
    batch.flatMap(({ write }) => [...write.intent]),
  );
  const decided = batch.flatMap((one) => settledDecisions(one, context.scope));
  if (decided.length > 0) await ports.store.commit(guard.lease, decided);

  const results = await ports.target.write(
    first.write.document.kind,
    batch.map((one) => sent(one, documents)),
  );
  const answered = batch.flatMap((one, at) => {
    const result = results[at];
    return result === undefined ? [] : [{ ...one, result }];
  });
  await guard.hold();
  await ports.ledger.commitLedger(
    guard.lease,
    answered.flatMap(({ write, result }) => {
      if (result.outcome === 'written') return confirmationOf(write, result.held, context);
      return result.outcome === 'refused' ? [...write.withdrawal] : [];
    }),
  );
  await ports.store.commit(
    guard.lease,
    answered.flatMap((one) => answerOf(one, one.result, desk)),
  );
}

function sent({ subject, write }: Writing, { stateOf }: Pick<PlannedDocuments, 'stateOf'>): DocumentWrite {
  const { document } = write;
  if (write.action === 'create') return { action: 'create', document };
  const held: HeldDocument | undefined = stateOf(subject).held.find(({ id }) => id === write.id);
  return { action: 'update', id: write.id, document, ...(held === undefined ? {} : { held }) };
}

function answerOf(one: Writing, result: DocumentResult, desk: WritingDesk): StoreChange[] {
  const { context, tally, parked, writes } = desk;
  const { subject, write } = one;
  const troubles = [...troublesOf(one), ...troublesOfAnswer(write, result)];
  const isWritten = result.outcome === 'written';
  if (isWritten) writes.xero++;
  const failed = troubles.some(({ kind }) => kind === 'failure');
  tally.settle(failed ? 'failed' : troubles.length > 0 ? 'conflicts' : 'applied');
  return [
    ...(isWritten ? [audited(subject, write, result.held, desk)] : []),
    ...parkSubject(subject, troubles, parked.get(subject.id) ?? [], context),
  ];
}

function troublesOfAnswer({ document }: PlannedWrite, result: DocumentResult): Trouble[] {
  if (result.outcome === 'written') {
    const differs = checkHeld(document, result.held);
    return differs === undefined ? [] : [differs];
  }
  const { error } = result;
  const kind = error.class === 'Conflict' ? 'conflict' : 'failure';
  return [{ kind, code: error.code, message: error.message, documentNumber: document.number }];
}

function audited(
  subject: BillingSubject,
  { action, document }: PlannedWrite,
  held: HeldDocument,
  { context, runId, ports }: WritingDesk,
): StoreChange {
  const { scope, recipe } = context;
  return {
    kind: 'audit',
    entry: {
      id: ports.random.id(),
      runId,
      recipe,
      at: ports.clock.now(),
      scope,
      subject: subject.id,
      side: 'right',
      recordId: held.id,
      action,
      field: '',
      after: `${document.number}: ${document.currency} ${document.total}`,
      reason: action === 'create' ? 'new-record' : 'changed',
    },
  };
}
