import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import type { SystemClient } from '../../http/system-client.ts';
import type { DesiredDocument, DocumentKind, HeldDocument, HeldLine } from '../../model/billing/document.ts';
import type { DateSpan, DocumentResult, DocumentWrite } from '../../ports/accounting-target.ts';
import { type BatchCall, type BatchItem, batchesOf, type Outcome, sendBatch, sendHalving } from './batch.ts';
import { createBatch } from './create.ts';
import { DOCUMENT_HOMES } from './document-home.ts';
import { documentPayload } from './document-payload.ts';
import { DocumentRow, heldDocument } from './held-document.ts';
import { type DocumentReader, FOUR_PLACES } from './read.ts';

export interface DocumentWriter {
  write(kind: DocumentKind, writes: readonly DocumentWrite[]): Promise<DocumentResult[]>;
}

type Update = Extract<DocumentWrite, { action: 'update' }>;

interface Positioned extends BatchItem {
  readonly position: number;
  readonly document: DesiredDocument;
}

export function createDocumentWriter(client: SystemClient, reader: DocumentReader): DocumentWriter {
  async function write(kind: DocumentKind, writes: readonly DocumentWrite[]): Promise<DocumentResult[]> {
    const results = new Map<number, DocumentResult>();
    const settle = ({ position }: { position: number }, outcome: Outcome<HeldDocument>): void => {
      results.set(position, resultOf(outcome));
    };
    try {
      await createAll(kind, writes, settle);
      await updateAll(kind, writes, settle);
    } catch (error) {
      // What has been written must be accounted for; the next call meets the same obstacle and throws.
      if (!(error instanceof StackbridgeError) || results.size === 0) throw error;
      for (const position of writes.keys()) {
        if (!results.has(position)) results.set(position, { outcome: 'refused', error });
      }
    }
    return writes.map((_write, position) => results.get(position) ?? unsettled());
  }

  async function createAll(
    kind: DocumentKind,
    writes: readonly DocumentWrite[],
    settle: Settle,
  ): Promise<void> {
    const creates = writes.flatMap((each, position): Positioned[] => {
      if (each.action !== 'create') return [];
      const { document } = each;
      return [{ position, document, key: document.number, payload: documentPayload(document) }];
    });
    const call = documentCall(kind, 'PUT');
    for (const batch of batchesOf(creates)) {
      // A create that is still on its way lands late: the repeat must be the same request to Xero, whatever minute it is.
      const firstSentAt = client.clock.now();
      await createBatch(
        client,
        batch,
        {
          send: (some, attempt) => sendBatch(client, some, { ...call, attempt, firstSentAt }),
          lookUp: (some) =>
            reader
              .documentsByNumber(
                kind,
                some.map(({ key }) => key),
                datesOf(some),
              )
              .then((held) => held.filter(isLive)),
          keyOf: call.keyOf,
          isKeyUnique: DOCUMENT_HOMES[kind].isNumberUnique,
        },
        settle,
      );
    }
  }

  async function updateAll(
    kind: DocumentKind,
    writes: readonly DocumentWrite[],
    settle: Settle,
  ): Promise<void> {
    const updates = writes.flatMap((each, position) =>
      each.action === 'update' ? [{ update: each, position }] : [],
    );
    if (updates.length === 0) return;
    const ids = updates.map(({ update }) => update.id);
    const held = new Map((await reader.documentsById(kind, ids)).map((each) => [each.id, each]));
    const items = updates.flatMap(({ update, position }): Positioned[] => {
      const now = held.get(update.id);
      const refusal = refusalOfUpdate(update, now);
      if (refusal !== undefined || now === undefined) {
        settle({ position }, { kind: 'refused', error: refusal ?? gone(update.id) });
        return [];
      }
      const { document } = update;
      const over = JSON.stringify([now.modifiedAt, ...contentOf(now)]);
      return [{ position, document, key: update.id, payload: documentPayload(document, now), over }];
    });
    const call = { ...documentCall(kind, 'POST'), keyOf: ({ id }: HeldDocument) => id };
    for (const batch of batchesOf(items)) {
      await sendHalving(batch, (some) => sendBatch(client, some, call), settle);
    }
  }

  return { write };
}

type Settle = (item: { position: number }, outcome: Outcome<HeldDocument>) => void;

function documentCall(kind: DocumentKind, method: 'PUT' | 'POST'): BatchCall<HeldDocument> {
  const { path, rows } = DOCUMENT_HOMES[kind];
  return {
    method,
    path,
    query: FOUR_PLACES,
    rows,
    read: (element) => {
      const row = DocumentRow.safeParse(element).data;
      return row === undefined ? undefined : heldDocument(kind, row);
    },
    keyOf: ({ number }) => number,
    attempt: 1,
  };
}

/** A number that a voided or deleted document holds is not a sign that the create has landed. */
function isLive({ status }: HeldDocument): boolean {
  return status !== 'voided' && status !== 'deleted';
}

function datesOf(items: readonly Positioned[]): DateSpan | undefined {
  const dates = items.map(({ document }) => document.date).sort();
  const [from] = dates;
  const to = dates.at(-1);
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** Xero has no conditional update: the draft is looked at as late as can be. */
function refusalOfUpdate(
  { id, held: planned }: Update,
  now: HeldDocument | undefined,
): StackbridgeError | undefined {
  const context = { system: 'xero', recordId: id } as const;
  if (now === undefined) return gone(id);
  if (!isLive(now)) {
    return new StackbridgeError('DOCUMENT_VOIDED', `Xero: ${now.number} is ${now.status}`, context);
  }
  if (now.status !== 'draft' && now.status !== 'submitted') {
    return new StackbridgeError('DOCUMENT_CLOSED', `Xero: ${now.number} is ${now.status}`, context);
  }
  if (planned === undefined || saysTheSame(planned, now)) return undefined;
  const message = `Xero: ${now.number} has been changed since it was read`;
  return new StackbridgeError('DOCUMENT_CHANGED_BY_PERSON', message, context);
}

/** A moment of modification moves for things that are none of a document's content: a mail sent, a file added. */
function saysTheSame(one: HeldDocument, other: HeldDocument): boolean {
  return JSON.stringify(contentOf(one)) === JSON.stringify(contentOf(other));
}

function contentOf({ lines, ...head }: HeldDocument): unknown[] {
  const { number, contactId, date, dueDate, currency, reference, total, totalTax } = head;
  return [number, contactId, date, dueDate, currency, reference, total, totalTax, lines.map(lineContent)];
}

function lineContent({ tracking, ...line }: HeldLine): unknown[] {
  const { id, description, quantity, unitAmount, accountCode, taxType, amount, taxAmount } = line;
  const options = tracking.map(({ category, option }) => `${category}=${option}`).sort();
  return [id, description, quantity, unitAmount, accountCode, taxType, amount, taxAmount, options];
}

function gone(id: string): StackbridgeError {
  const context = { system: 'xero', recordId: id } as const;
  return new StackbridgeError('RECORD_GONE', 'Xero has no such document (any more)', context);
}

function resultOf(outcome: Outcome<HeldDocument>): DocumentResult {
  if (outcome.kind === 'written') return { outcome: 'written', held: outcome.held };
  return { outcome: outcome.kind, error: outcome.error };
}

function unsettled(): DocumentResult {
  return { outcome: 'refused', error: new StackbridgeError('BUG', 'A document was left without a result') };
}
