import type { WriteRequest } from '../../ports/connector.ts';
import { isMistakable } from './bulk-csv.ts';
import { COLLECTION_SIZE, type RecordWrite } from './collections.ts';
import { toLongId } from './identity.ts';
import { toRecordWrite } from './write.ts';

/** A request and its place in the results. */
export interface Placed {
  readonly request: WriteRequest;
  readonly position: number;
}

/** The rows of one bulk job. */
export interface PlannedJob {
  readonly operation: RecordWrite['operation'];
  readonly object: string;
  readonly rows: Placed[];
  /** Where each row's result belongs, by the value that finds the row again in the job's results. */
  readonly positions: Map<string, number>;
}

export interface BulkPlan {
  readonly jobs: readonly PlannedJob[];
  /** Rows that no job is worth, that a job could not say, or that its results could not tell apart. */
  readonly leftOver: Placed[];
}

/** A job costs about seven calls: below so many rows collections cost no more. */
const WORTH_A_JOB = 7 * COLLECTION_SIZE;

/** Sorts requests into jobs of one operation each. */
export function planJobs(
  requests: Iterable<WriteRequest>,
  object: string,
  externalId: string | undefined,
): BulkPlan {
  const jobs = new Map<string, PlannedJob>();
  const leftOver: Placed[] = [];
  let position = 0;
  for (const request of requests) {
    const write = toRecordWrite(request, object, externalId);
    const name = `${write.operation} ${write.object}`;
    const job = jobs.get(name) ?? {
      operation: write.operation,
      object: write.object,
      rows: [],
      positions: new Map<string, number>(),
    };
    jobs.set(name, job);
    const key = rowKey(write, externalId);
    const placed = { request, position: position++ };
    if (key === '' || job.positions.has(key) || isMistakable(write)) leftOver.push(placed);
    else {
      job.positions.set(key, placed.position);
      job.rows.push(placed);
    }
  }
  const worthIt = (job: PlannedJob) => job.rows.length > WORTH_A_JOB;
  for (const job of jobs.values()) if (!worthIt(job)) leftOver.push(...job.rows);
  return { jobs: [...jobs.values()].filter(worthIt), leftOver };
}

/** The column by which a row is found again: results come in any order. */
export function keyColumn(operation: RecordWrite['operation'], externalId: string | undefined): string {
  if (operation === 'update') return 'Id';
  return operation === 'upsert' && externalId !== undefined ? externalId : 'Email';
}

export function normalKey(value: string, operation: RecordWrite['operation']): string {
  if (operation === 'update') return toLongId(value) ?? value;
  return operation === 'insert' ? value.trim().toLowerCase() : value;
}

function rowKey({ operation, id, payload }: RecordWrite, externalId: string | undefined): string {
  const value = operation === 'update' ? id : payload[keyColumn(operation, externalId)];
  return typeof value === 'string' ? normalKey(value, operation) : '';
}
