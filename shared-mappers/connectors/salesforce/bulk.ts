import { NoAnswerError, StackbridgeError } from '../../errors/stackbridge-error.ts';
import { chunksOf } from '../../http/paging.ts';
import type { SystemClient } from '../../http/system-client.ts';
import type { WriteRequest, WriteResult } from '../../ports/connector.ts';
import { readCsv, toCsv } from './bulk-csv.ts';
import { completeJob, type JobInfo, jobResults, uploadJob } from './bulk-job.ts';
import { keyColumn, normalKey, type Placed, type PlannedJob, planJobs } from './bulk-plan.ts';
import { COLLECTION_SIZE, type WriteSettings } from './collections.ts';
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

/**
 * Writes a stream of requests by jobs of Bulk 2.0. One array of results comes out for each array of requests, in
 * the same order, as soon as the job that carried it is done.
 */
export async function* writeBulk(
  requests: AsyncIterable<WriteRequest[]>,
  options: BulkOptions,
): AsyncGenerator<WriteResult[]> {
  const jobRows = options.jobRows ?? JOB_ROWS;
  const batches: WriteRequest[][] = [];
  let rows = 0;
  for await (const batch of requests) {
    batches.push(batch);
    rows += batch.length;
    if (rows < jobRows) continue;
    yield* writeBatches(batches, options);
    rows = 0;
  }
  yield* writeBatches(batches, options);
}

/** What has become of the requests so far, by position; what is missing has not been sent. */
type Results = (WriteResult | undefined)[];

/** Takes the batches out of the array: once a job is uploaded, nothing here holds its records any more. */
async function* writeBatches(batches: WriteRequest[][], options: BulkOptions): AsyncGenerator<WriteResult[]> {
  const lengths = batches.map((batch) => batch.length);
  const { jobs, leftOver } = planJobs(batches.splice(0).flat(), options.object, options.externalId);
  const results: Results = [];
  let obstacle: StackbridgeError | undefined;
  try {
    for (const job of jobs) await runJob(job, results, leftOver, options);
    for (const some of chunksOf(leftOver, COLLECTION_SIZE)) await writeByCollection(some, results, options);
  } catch (error) {
    if (!(error instanceof StackbridgeError)) throw error;
    if (results.length === 0) throw error;
    obstacle = error;
  }
  let at = 0;
  for (const length of lengths) {
    yield Array.from(
      { length },
      (_, index) => results[at + index] ?? (obstacle === undefined ? noResult() : notSent(obstacle)),
    );
    at += length;
  }
  if (obstacle !== undefined) throw obstacle;
}

/** Rejects only for what concerns the connection; the job's rows are accounted for in `results` before. */
async function runJob(
  job: PlannedJob,
  results: Results,
  leftOver: Placed[],
  options: BulkOptions,
): Promise<void> {
  const { client, externalId } = options;
  const { object, operation, rows } = job;
  let uploaded: JobInfo;
  try {
    const csv = toCsv(rows.map(({ request }) => toRecordWrite(request, object, externalId)));
    uploaded = await uploadJob(client, { object, operation, externalId }, csv);
  } catch (error) {
    if (!(error instanceof StackbridgeError)) throw error;
    if (concernsConnection(error) && error.code !== 'ACCESS_DENIED') throw error;
    // Nothing has been written yet: what bulk does not take, collections do.
    client.log.warn('bulk job not taken', { system: 'salesforce', code: error.code, rows: rows.length });
    leftOver.push(...rows);
    return;
  }
  rows.length = 0;
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
  { operation, positions }: PlannedJob,
  done: JobInfo,
  results: Results,
  { client, externalId }: BulkOptions,
): Promise<void> {
  const column = keyColumn(operation, externalId);
  const each = async (
    kind: Parameters<typeof jobResults>[2],
    toResult: (cell: (column: string) => string, id: string) => WriteResult,
  ) => {
    readCsv(await jobResults(client, done, kind), (cell) => {
      // Results of updates name the record in `sf__Id` even where the uploaded columns are not repeated.
      const key = cell(column) || (operation === 'update' ? cell('sf__Id') : '');
      const position = positions.get(normalKey(key, operation));
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
  const allProcessed = done.state === 'JobComplete' && done.numberRecordsProcessed >= positions.size;
  if (operation === 'update' && allProcessed) {
    // Their ids are known: what has not failed is written, without reading so.
    for (const [id, position] of positions) results[position] ??= { outcome: 'written', id, created: false };
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
  for (const position of positions.values()) results[position] ??= noResult();
}

async function writeByCollection(
  placed: readonly Placed[],
  results: Results,
  { write }: BulkOptions,
): Promise<void> {
  const written = await write(placed.map(({ request }) => request));
  for (const [index, { position }] of placed.entries()) results[position] = written[index];
}

/** A row that no answer told about. */
function noResult(): WriteResult {
  const error = new NoAnswerError('Salesforce gave no result for this row', 'unknown', {
    system: 'salesforce',
  });
  return { outcome: 'uncertain', error };
}
