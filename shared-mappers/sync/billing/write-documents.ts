import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import type { HeldDocument } from '../../model/billing/document.ts';
import { checkHeld } from '../../plan/billing/check-held.ts';
import type { PlannedWrite } from '../../plan/billing/document-plan.ts';
import { confirmationOf } from '../../plan/billing/ledger-changes.ts';
import type { DocumentResult, DocumentWrite } from '../../ports/accounting-target.ts';
import type { StoreChange } from '../../ports/store.ts';
import { auditWrite } from './audit-write.ts';
import type { WritingDesk } from './billing-job.ts';
import type { StateOf } from './ledger-facts.ts';
import { settleSubject, type Trouble } from './park-billing.ts';
import type { DocumentFacts, PlannedDocument } from './planned-document.ts';
import { settledDecisions, troublesOf } from './remember-billing.ts';

/** A document that stands, and what is still to be done for it. */
export interface StandingDocument {
  readonly one: PlannedDocument;
  /** What its write has left to people. */
  readonly troubles: readonly Trouble[];
  /** The subject's documents, the newest state of each first. */
  readonly held: readonly HeldDocument[];
}

interface Writing extends PlannedDocument {
  readonly write: PlannedWrite;
}

/**
 * Sends the documents in batches. The intent of a batch is kept before it is sent and its answer as soon as it is there:
 * after a crash the next run finds by number what has landed. Ends between batches when asked to stop.
 *
 * @returns what stands now and has follow-ups: settled once those are done
 */
export async function writeDocuments(
  ready: readonly PlannedDocument[],
  { stateOf }: Pick<DocumentFacts, 'stateOf'>,
  desk: WritingDesk,
): Promise<StandingDocument[]> {
  const { progress, stop, target } = desk.ports;
  const standing = ready.flatMap((one): StandingDocument[] =>
    one.plan.write === undefined ? [{ one, troubles: troublesOf(one), held: stateOf(one.subject).held }] : [],
  );
  const writing = ready.flatMap((one): Writing[] =>
    one.plan.write === undefined ? [] : [{ ...one, write: one.plan.write }],
  );
  if (writing.length === 0) return standing;
  progress.begin('write-right', writing.length);
  const kinds = Map.groupBy(writing, ({ write }) => `${write.action} ${write.document.kind}`);
  for (const some of kinds.values()) {
    for (let from = 0; from < some.length; from += target.writeBatch) {
      if (stop.requested) throw new StackbridgeError('STOPPED', 'Stopped between batches');
      const batch = some.slice(from, from + target.writeBatch);
      standing.push(...(await writeBatch(batch, stateOf, desk)));
      progress.advance('write-right', batch.length);
    }
  }
  progress.end('write-right');
  return standing;
}

async function writeBatch(
  batch: readonly Writing[],
  stateOf: StateOf,
  desk: WritingDesk,
): Promise<StandingDocument[]> {
  const { ports, guard, context } = desk;
  const [first] = batch;
  if (first === undefined) return [];
  await guard.hold();
  await ports.ledger.commitLedger(
    guard.lease,
    batch.flatMap(({ write }) => [...write.intent]),
  );
  const decided = batch.flatMap((one) => settledDecisions(one, context.scope));
  if (decided.length > 0) await ports.store.commit(guard.lease, decided);

  const results = await ports.target.write(
    first.write.document.kind,
    batch.map((one) => sent(one, stateOf)),
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
  const standing: StandingDocument[] = [];
  await ports.store.commit(
    guard.lease,
    answered.flatMap((one) => answerOf(one, one.result, stateOf, standing, desk)),
  );
  return standing;
}

function sent({ subject, write }: Writing, stateOf: StateOf): DocumentWrite {
  const { document } = write;
  if (write.action === 'create') return { action: 'create', document };
  const held: HeldDocument | undefined = stateOf(subject).held.find(({ id }) => id === write.id);
  return { action: 'update', id: write.id, document, ...(held === undefined ? {} : { held }) };
}

function answerOf(
  one: Writing,
  result: DocumentResult,
  stateOf: StateOf,
  standing: StandingDocument[],
  desk: WritingDesk,
): StoreChange[] {
  const { subject, write } = one;
  const troubles = [...troublesOf(one), ...troublesOfAnswer(write, result)];
  if (result.outcome !== 'written') return settleSubject(subject, troubles, desk);
  desk.writes.xero++;
  const { action, document } = write;
  const after = `${document.number}: ${document.currency} ${document.total}`;
  const audit = auditWrite(subject.id, { recordId: result.held.id, action, after }, desk);
  if (one.followUps.length === 0) return [audit, ...settleSubject(subject, troubles, desk)];
  standing.push({ one, troubles, held: [result.held, ...stateOf(subject).held] });
  return [audit];
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
