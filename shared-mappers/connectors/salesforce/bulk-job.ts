import { z } from 'zod';
import { NoAnswerError, StackbridgeError } from '../../errors/stackbridge-error.ts';
import { parseBodyAs } from '../../http/json-body.ts';
import type { SystemClient } from '../../http/system-client.ts';
import { API, CALL_OPTIONS, pathOnInstance } from './api.ts';

const JobInfo = z.object({
  id: z.string(),
  /** `Open`, `UploadComplete`, `InProgress`, then one of the final states. */
  state: z.string(),
  contentUrl: z.string().nullish(),
  numberRecordsProcessed: z.number().default(0),
  numberRecordsFailed: z.number().default(0),
  errorMessage: z.string().nullish(),
});
export type JobInfo = z.infer<typeof JobInfo>;

export interface JobDefinition {
  readonly object: string;
  readonly operation: 'insert' | 'update' | 'upsert';
  /** For upserts. */
  readonly externalId?: string | undefined;
}

const FINAL_STATES = ['JobComplete', 'Failed', 'Aborted'];
const FIRST_POLL_MS = 2_000;
const LONGEST_POLL_MS = 30_000;
/** Jobs queue behind those of others in the org; past this one its outcome is left to the next run. */
const LONGEST_JOB_MS = 2 * 60 * 60 * 1000;
/** A job's upload may be as large as 100 MB. */
const UPLOAD_TIMEOUT_MS = 600_000;

/** Opens an ingest job of Bulk 2.0 and uploads its rows. Nothing is written before `startJob`. */
export async function uploadJob(client: SystemClient, job: JobDefinition, csv: string): Promise<JobInfo> {
  const { object, operation, externalId } = job;
  const opened = await send(client, 'POST', `${API}/jobs/ingest`, {
    object,
    operation,
    contentType: 'CSV',
    lineEnding: 'LF',
    ...(operation === 'upsert' ? { externalIdFieldName: externalId } : {}),
  });
  const path = pathOnInstance(opened.contentUrl ?? `${API}/jobs/ingest/${opened.id}/batches`);
  try {
    await client.send(
      {
        method: 'PUT',
        path,
        headers: { ...CALL_OPTIONS, 'content-type': 'text/csv; charset=UTF-8' },
        body: csv,
        timeoutMs: UPLOAD_TIMEOUT_MS,
      },
      { repeatable: false },
    );
  } catch (error) {
    await abandon(client, opened);
    throw error;
  }
  return opened;
}

/** Lets a job's rows be processed, and waits until they are. */
export async function completeJob(client: SystemClient, job: JobInfo): Promise<JobInfo> {
  const begun = client.clock.now();
  let waitMs = FIRST_POLL_MS;
  await start(client, job);
  for (;;) {
    client.progress.waiting('salesforce', waitMs, 'bulk job');
    await client.sleep.sleep(waitMs);
    waitMs = Math.min(waitMs * 2, LONGEST_POLL_MS);
    const now = await send(client, 'GET', jobPath(job));
    if (FINAL_STATES.includes(now.state)) return now;
    // The first start went unheard.
    if (now.state === 'Open') await start(client, job);
    if (client.stop?.requested) throw unfinished('STOPPED', job);
    if (client.clock.now() - begun > LONGEST_JOB_MS) throw unfinished('NO_ANSWER', job);
  }
}

/** The rows of one kind of result, as CSV. */
export async function jobResults(
  client: SystemClient,
  job: JobInfo,
  kind: 'successfulResults' | 'failedResults' | 'unprocessedrecords',
): Promise<string> {
  const path = `${jobPath(job)}/${kind}`;
  const headers = { ...CALL_OPTIONS, accept: 'text/csv' };
  const answer = await client.send({ method: 'GET', path, headers }, { repeatable: true });
  return answer.body;
}

/** Whether an unanswered start was heard is seen from the job's state. */
async function start(client: SystemClient, job: JobInfo): Promise<void> {
  try {
    await send(client, 'PATCH', jobPath(job), { state: 'UploadComplete' });
  } catch (error) {
    if (!(error instanceof NoAnswerError)) throw error;
  }
}

async function abandon(client: SystemClient, job: JobInfo): Promise<void> {
  try {
    await send(client, 'PATCH', jobPath(job), { state: 'Aborted' });
  } catch {
    // An open job does nothing, and Salesforce drops it after seven days.
    client.log.warn('bulk job left open', { system: 'salesforce', job: job.id });
  }
}

async function send(
  client: SystemClient,
  method: 'GET' | 'POST' | 'PATCH',
  path: string,
  body?: Readonly<Record<string, string | undefined>>,
): Promise<JobInfo> {
  const headers = { ...CALL_OPTIONS, 'content-type': 'application/json' };
  const request = { method, path, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  // A second open job without rows does no harm; a state is set only once.
  const answer = await client.send(request, { repeatable: method !== 'PATCH' });
  return parseBodyAs(JobInfo, answer.body, 'salesforce');
}

function jobPath({ id }: JobInfo): string {
  return `${API}/jobs/ingest/${id}`;
}

function unfinished(code: 'STOPPED' | 'NO_ANSWER', { id }: JobInfo): StackbridgeError {
  return new StackbridgeError(code, `Salesforce's bulk job ${id} still runs`, { system: 'salesforce' });
}
