import { NoAnswerError, StackbridgeError } from '../../errors/stackbridge-error.ts';
import { chunksOf } from '../../http/paging.ts';
import type { SystemClient } from '../../http/system-client.ts';
import type { SourceRecord } from '../../model/record.ts';
import type { WriteRequest, WriteResult } from '../../ports/connector.ts';
import { COLLECTION_SIZE, type RecordWrite, sendCollection, type WriteSettings } from './collections.ts';
import { personObjectOf } from './identity.ts';
import { nameDuplicates } from './name-duplicates.ts';
import type { Reader } from './read.ts';

export interface Writer {
  write(requests: readonly WriteRequest[]): Promise<WriteResult[]>;
}

export interface WriterOptions extends WriteSettings {
  readonly client: SystemClient;
  readonly object: string;
  readonly readByKey: Reader['readByKey'];
}

/** How Salesforce carries a request out. Archiving and asking again are Mailchimp's alone. */
export function toRecordWrite(
  request: WriteRequest,
  object: string,
  externalId: string | undefined,
): RecordWrite {
  switch (request.action) {
    case 'create': {
      const { payload, sourceId } = request;
      const email = request.email ?? (typeof payload.Email === 'string' ? payload.Email : undefined);
      if (externalId === undefined || sourceId === '') return { operation: 'insert', object, payload, email };
      return { operation: 'upsert', object, payload: { [externalId]: sourceId, ...payload }, email };
    }
    case 'update':
    case 'rename':
    case 'opt-out': {
      const { id, payload } = request;
      return { operation: 'update', object: personObjectOf(id) ?? object, id, payload };
    }
    case 'archive':
    case 'restore':
    case 'ask-again':
      throw new StackbridgeError('BUG', `Salesforce knows no "${request.action}"`, { system: 'salesforce' });
  }
}

/** A record and its place in the results. */
interface Pending {
  readonly write: RecordWrite;
  readonly position: number;
}

/** Waits before records that met a lock, or a passing failure of their own, are sent again. */
const LOCK_WAITS_MS = [1_000, 3_000, 9_000];
/** A request that was cut off may still be at work: looked up at once, its records might not be there yet. */
const SETTLING_MS = 2_000;

export function createWriter({ client, object, readByKey, ...settings }: WriterOptions): Writer {
  async function write(requests: readonly WriteRequest[]): Promise<WriteResult[]> {
    const results = new Map<number, WriteResult>();
    const all = requests.map((request, position) => ({
      write: toRecordWrite(request, object, settings.externalId),
      position,
    }));
    try {
      for (const group of Object.values(Object.groupBy(all, sameCall))) {
        for (const batch of chunksOf(group ?? [], COLLECTION_SIZE)) await settleBatch(batch, results);
      }
    } catch (error) {
      // What has been written must be accounted for; the next call meets the same obstacle and throws.
      if (!(error instanceof StackbridgeError) || results.size === 0) throw error;
      for (const { position } of all) {
        if (!results.has(position)) results.set(position, notSent(error));
      }
    }
    return nameDuplicates(
      all.map((pending) => pending.write),
      all.map(({ position }) => results.get(position) ?? unanswered()),
      readByKey,
    );
  }

  async function settleBatch(batch: readonly Pending[], results: Map<number, WriteResult>): Promise<void> {
    await carryOut(batch, results);
    await settleCreates(batch, results);
    for (const waitMs of LOCK_WAITS_MS) {
      const passing = batch.filter(({ position }) => isPassing(results.get(position)));
      if (passing.length === 0 || client.stop?.requested) return;
      await pause(waitMs, `${passing.length} locked records`);
      await carryOut(passing, results);
      await settleCreates(passing, results);
    }
  }

  /** Sends one call; where it is refused whole, halves it until the record at fault is found. */
  async function carryOut(batch: readonly Pending[], results: Map<number, WriteResult>): Promise<void> {
    if (batch.length === 0) return;
    const refuse = (some: readonly Pending[], result: WriteResult) => {
      for (const { position } of some) results.set(position, result);
    };
    try {
      const answers = await sendCollection(
        client,
        batch.map(({ write }) => write),
        settings,
      );
      for (const [index, { position }] of batch.entries())
        results.set(position, answers[index] ?? unanswered());
    } catch (error) {
      if (!(error instanceof StackbridgeError) || concernsConnection(error)) throw error;
      if (isUnknown(error)) return refuse(batch, { outcome: 'uncertain', error });
      const result: WriteResult = { outcome: 'refused', error };
      const carriers = batch.filter(({ write }) => isCarrier(write, error));
      if (batch.length === 1 || carriers.length === batch.length) return refuse(batch, result);
      if (carriers.length > 0) {
        // A field that the org lacks or hides: whoever carries it cannot be written, nobody else is touched by it.
        refuse(carriers, result);
        return carryOut(
          batch.filter((pending) => !carriers.includes(pending)),
          results,
        );
      }
      if (error.class !== 'Rejected') return refuse(batch, result);
      const middle = Math.ceil(batch.length / 2);
      await carryOut(batch.slice(0, middle), results);
      await carryOut(batch.slice(middle), results);
    }
  }

  /** Creates without an answer are looked up by their address; what is not there is sent once more. */
  async function settleCreates(batch: readonly Pending[], results: Map<number, WriteResult>): Promise<void> {
    const isOpen = ({ write, position }: Pending) =>
      write.operation === 'insert' && results.get(position)?.outcome === 'uncertain';
    for (const sendAgain of [true, false]) {
      const open = batch.filter(isOpen);
      if (open.length === 0) return;
      await pause(SETTLING_MS, 'creates without an answer');
      const found = await newestByEmail(open);
      const missing: Pending[] = [];
      for (const pending of open) {
        const { email } = pending.write;
        const record = email === undefined ? undefined : found.get(email.toLowerCase());
        if (record !== undefined) {
          results.set(pending.position, { outcome: 'written', id: record.id, created: true });
        } else if (email !== undefined) missing.push(pending);
      }
      if (sendAgain) await carryOut(missing, results);
    }
  }

  /** Where several share an address, ours is the youngest: matching has found none before. */
  async function newestByEmail(open: readonly Pending[]): Promise<Map<string, SourceRecord>> {
    const emails = open.flatMap(({ write }) => (write.email === undefined ? [] : [write.email]));
    const records = await readByKey('Email', emails, ['Email', 'CreatedDate']);
    records.sort((a, b) => createdDate(a).localeCompare(createdDate(b)));
    return new Map(records.map((record) => [String(record.values.Email).toLowerCase(), record]));
  }

  async function pause(ms: number, why: string): Promise<void> {
    client.progress.waiting('salesforce', ms, why);
    await client.sleep.sleep(ms);
  }

  return { write };
}

/** Upserts name their object in the path; other calls may mix objects. */
function sameCall({ write }: Pending): string {
  return write.operation === 'upsert' ? `upsert ${write.object}` : write.operation;
}

function isCarrier(write: RecordWrite, error: StackbridgeError): boolean {
  return error.context.field !== undefined && error.context.field in write.payload;
}

/** A record that an obstacle of the whole connection kept from being sent: transient for the record itself. */
export function notSent(obstacle: StackbridgeError): WriteResult {
  const error = new StackbridgeError('STOPPED', `Not sent: ${obstacle.message}`, {
    system: 'salesforce',
    cause: obstacle,
  });
  return { outcome: 'refused', error };
}

/** What every other call of the connection would meet too. */
export function concernsConnection(error: StackbridgeError): boolean {
  return ['Reconnect', 'Throttled', 'InvalidRecipe', 'Bug'].includes(error.class) || error.code === 'STOPPED';
}

function isUnknown(error: StackbridgeError): boolean {
  return error.code === 'SERVER_ERROR' || (error instanceof NoAnswerError && error.carriedOut === 'unknown');
}

function isPassing(result: WriteResult | undefined): boolean {
  return (
    result?.outcome === 'refused' &&
    (result.error.code === 'ROW_LOCKED' || result.error.code === 'SERVER_ERROR')
  );
}

function createdDate({ values }: SourceRecord): string {
  return typeof values.CreatedDate === 'string' ? values.CreatedDate : '';
}

function unanswered(): WriteResult {
  const error = new NoAnswerError('Salesforce gave no result for this record', 'unknown', {
    system: 'salesforce',
  });
  return { outcome: 'uncertain', error };
}
