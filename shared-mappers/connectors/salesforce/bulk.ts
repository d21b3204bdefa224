import { NoAnswerError, StackbridgeError } from '../../errors/stackbridge-error.ts';
import type { SystemClient } from '../../http/system-client.ts';
import type { WriteRequest, WriteResult } from '../../ports/connector.ts';
import { readCsv, toCsv } from './bulk-csv.ts';
import { completeJob, type JobInfo, jobResults, uploadJob } from './bulk-job.ts';
import { COLLECTION_SIZE, type RecordWrite, type WriteSettings } from './collections.ts';
import { parseBulkFault, recordError } from './errors.ts';
import { type PersonObject, toLongId } from './identity.ts';
import { concernsConnection, notSent, toRecordWrite, type Writer } from './write.ts';

export interface BulkOptions extends WriteSettings {
  readonly client: SystemClient;
  readonly object: PersonObject;
  /** Writes what no job is worth, and what a job cannot tell apart. */
  readonly write: Writer['write'];
  /** Rows of one job, default 50,000: its upload and its results are held in memory. */
  readonly jobRows?: number | undefined;
}

const JOB_ROWS = 50_000;
/** A job costs about seven calls: below so many rows collections cost no more. */
const WORTH_A_JOB = 7 * COLLECTION_SIZE;

/**
 * Writes a stream of requests by jobs of Bulk 2.0. One array of results comes out for each array of requests, in
 * the same order, as soon as the job that carried it is done.
 */
export async function* writeBulk(
  requests: AsyncIterable<WriteRequest[]>,
  options: BulkOptions,
): AsyncGenerator<WriteResult[]> {
  const jobRows = options.jobRows ?? JOB_ROWS;
  let batches: WriteRequest[][] = [];
  let rows = 0;
  for await (const batch of requests) {
    batches.push(batch);
    rows += batch.length;
    if (rows < jobRows) continue;
    yield* writeBatches(batches, options);
    batches = [];
    rows = 0;
  }
  yield* writeBatches(batches, options);
}

async function* writeBatches(
  batches: readonly WriteRequest[][],
  options: BulkOptions,
): AsyncGenerator<WriteResult[]> {
  const requests = batches.flat();
  const results = new Array<WriteResult | undefined>(requests.length);
  const leftOver: number[] = [];
  let failure: StackbridgeError | undefined;

  for (const job of planJobs(requests, options, leftOver)) {
    try {
      await runJob(job, results, leftOver, options);
    } catch (error) {
      if (!(error instanceof StackbridgeError)) throw error;
      failure = error;
      break;
    }
  }
  try {
    if (failure === undefined) await writeLeftOver(requests, leftOver, results, options);
  } catch (error) {
    if (!(error instanceof StackbridgeError)) throw error;
    failure = error;
  }
  if (failure !== undefined && results.every((result) => result === undefined)) throw failure;

  let at = 0;
  for (const batch of batches) {
    yield batch.map(
      (_request, index) => results[at + index] ?? (failure === undefined ? noResult() : notSent(failure)),
    );
    at += batch.length;
  }
  if (failure !== undefined) throw failure;
}

interface Job {
  readonly operation: RecordWrite['operation'];
  readonly object: PersonObject;
  readonly writes: RecordWrite[];
  /** Where each row's result belongs, by the value that finds the row again in the job's results. */
  readonly positions: Map<string, number>;
}

/** Sorts requests into jobs; rows that share their key, or have none, are left over. */
function planJobs(requests: readonly WriteRequest[], options: BulkOptions, leftOver: number[]): Job[] {
  const jobs = new Map<string, Job>();
  for (const [position, request] of requests.entries()) {
    const write = toRecordWrite(request, options.object, options.externalId);
    const { operation, object } = write;
    const name = `${operation} ${object}`;
    const job = jobs.get(name) ?? { operation, object, writes: [], positions: new Map<string, number>() };
    jobs.set(name, job);
    const key = keyOf(write, options.externalId);
    if (key === '' || job.positions.has(key)) leftOver.push(position);
    else {
      job.positions.set(key, position);
      job.writes.push(write);
    }
  }
  return [...jobs.values()].filter((job) => {
    if (job.writes.length > WORTH_A_JOB) return true;
    leftOver.push(...job.positions.values());
    return false;
  });
}

function keyColumn(operation: RecordWrite['operation'], externalId: string | undefined): string {
  if (operation === 'update') return 'Id';
  return operation === 'upsert' && externalId !== undefined ? externalId : 'Email';
}

function keyOf({ operation, id, payload }: RecordWrite, externalId: string | undefined): string {
  const value = operation === 'update' ? id : payload[keyColumn(operation, externalId)];
  return typeof value === 'string' ? normalKey(value, operation) : '';
}

function normalKey(value: string, operation: RecordWrite['operation']): string {
  if (operation === 'update') return toLongId(value) ?? value;
  return operation === 'insert' ? value.trim().toLowerCase() : value;
}

/** Rejects only for what concerns the connection; the job's rows are accounted for in `results` before. */
async function runJob(
  job: Job,
  results: (WriteResult | undefined)[],
  leftOver: number[],
  options: BulkOptions,
): Promise<void> {
  const { client, externalId } = options;
  const { object, operation } = job;
  let uploaded: JobInfo;
  try {
    uploaded = await uploadJob(client, { object, operation, externalId }, toCsv(job.writes));
  } catch (error) {
    if (!(error instanceof StackbridgeError)) throw error;
    if (concernsConnection(error) && error.code !== 'ACCESS_DENIED') throw error;
    // Nothing has been written yet: what bulk does not take, collections do.
    client.log.warn('bulk job not taken', {
      system: 'salesforce',
      code: error.code,
      rows: job.writes.length,
    });
    leftOver.push(...job.positions.values());
    return;
  }
  try {
    const done = await completeJob(client, uploaded);
    await readResults(job, done, results, options);
  } catch (error) {
    if (!(error instanceof StackbridgeError)) throw error;
    for (const position of job.positions.values()) results[position] ??= { outcome: 'uncertain', error };
    if (concernsConnection(error)) throw error;
  }
}

async function readResults(
  job: Job,
  done: JobInfo,
  results: (WriteResult | undefined)[],
  { client, externalId }: BulkOptions,
): Promise<void> {
  const { operation } = job;
  const column = keyColumn(operation, externalId);
  const each = async (
    kind: Parameters<typeof jobResults>[2],
    toResult: (cell: (column: string) => string, id: string) => WriteResult,
  ) => {
    readCsv(await jobResults(client, done, kind), (cell) => {
      // Results of updates name the record in `sf__Id` even where the uploaded columns are not repeated.
      const key = cell(column) || (operation === 'update' ? cell('sf__Id') : '');
      const position = job.positions.get(normalKey(key, operation));
      const id = cell('sf__Id');
      if (position !== undefined) results[position] = toResult(cell, toLongId(id) ?? id);
    });
  };

  if (done.numberRecordsFailed > 0 || done.state !== 'JobComplete') {
    await each('failedResults', (cell, id) => ({
      outcome: 'refused',
      error: recordError(parseBulkFault(cell('sf__Error')), id === '' ? undefined : id),
    }));
  }
  const allProcessed = done.state === 'JobComplete' && done.numberRecordsProcessed >= job.writes.length;
  if (operation === 'update' && allProcessed) {
    // Their ids are known: what has not failed is written, without reading so.
    for (const [id, position] of job.positions) {
      results[position] ??= { outcome: 'written', id, created: false };
    }
    return;
  }
  await each('successfulResults', (cell, id) => ({
    outcome: 'written',
    id,
    created: cell('sf__Created') === 'true',
  }));
  if (!allProcessed) {
    const error = new StackbridgeError(
      'SERVER_ERROR',
      `Salesforce's bulk job ${done.id} ended as ${done.state}: ${done.errorMessage ?? 'no reason given'}`,
      { system: 'salesforce' },
    );
    await each('unprocessedrecords', () => ({ outcome: 'refused', error }));
  }
  for (const position of job.positions.values()) results[position] ??= noResult();
}

async function writeLeftOver(
  requests: readonly WriteRequest[],
  leftOver: readonly number[],
  results: (WriteResult | undefined)[],
  { write }: BulkOptions,
): Promise<void> {
  for (let from = 0; from < leftOver.length; from += COLLECTION_SIZE) {
    const positions = leftOver.slice(from, from + COLLECTION_SIZE);
    const batch = positions.flatMap((position) => requests[position] ?? []);
    const written = await write(batch);
    for (const [index, position] of positions.entries()) results[position] = written[index];
  }
}

/** A row that no answer told about. */
function noResult(): WriteResult {
  const error = new NoAnswerError('Salesforce gave no result for this row', 'unknown', {
    system: 'salesforce',
  });
  return { outcome: 'uncertain', error };
}
