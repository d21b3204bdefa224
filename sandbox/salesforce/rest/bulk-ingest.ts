import { z } from 'zod';
import type { Answer } from '../../simulator.ts';
import { type IngestJob, processIngest, toCsv } from '../bulk-jobs.ts';
import { notFound, SalesforceError } from '../errors.ts';
import type { Org } from '../org.ts';
import { nthId } from '../record-id.ts';
import { noSuchObject } from '../soql/query-source.ts';
import { upsertKey } from '../upsert.ts';
import { toWireDatetime } from '../wire-time.ts';
import { type ApiCall, type Endpoint, param } from './endpoint.ts';

const NewJob = z.object({
  object: z.string(),
  operation: z.enum(['insert', 'update', 'upsert', 'delete', 'hardDelete']),
  externalIdFieldName: z.string().optional(),
  contentType: z.literal('CSV').default('CSV'),
  lineEnding: z.enum(['LF', 'CRLF']).default('LF'),
  columnDelimiter: z.enum(['COMMA', 'SEMICOLON', 'TAB', 'PIPE', 'CARET', 'BACKQUOTE']).default('COMMA'),
});
const JobPatch = z.object({ state: z.enum(['UploadComplete', 'Aborted']) });

/** Bulk API 2.0, writing: create a job, upload CSV, close it, poll it, fetch its three result files. */
export function bulkIngestEndpoints(org: Org, jobs: Map<string, IngestJob>): Endpoint[] {
  const found = (call: ApiCall): IngestJob => {
    const job = jobs.get(param(call, 'job'));
    if (job === undefined) throw notFound();
    return job;
  };

  const create = (call: ApiCall): Answer => {
    const request = NewJob.safeParse(call.body);
    if (!request.success) throw new SalesforceError('INVALIDJOB', z.prettifyError(request.error));
    const { data } = request;
    const object = org.schema.find(data.object);
    if (object === undefined) throw noSuchObject(data.object);
    if (data.operation === 'upsert') {
      if (data.externalIdFieldName === undefined) {
        throw new SalesforceError('INVALIDJOB', 'External ID was blank or null for upsert operation');
      }
      upsertKey(object, data.externalIdFieldName);
    }
    const job: IngestJob = {
      ...data,
      externalIdFieldName: data.externalIdFieldName,
      object,
      id: nthId('750', jobs.size + 1),
      state: 'Open',
      createdMs: org.stamp(),
      csv: '',
      pollsLeft: org.settings.bulkPolls,
      errorMessage: undefined,
      succeeded: [],
      failed: [],
    };
    jobs.set(job.id, job);
    return { status: 200, body: jobJson(org, job, call.version) };
  };

  const upload = (call: ApiCall): Answer => {
    const job = found(call);
    if (job.state !== 'Open' || job.csv !== '') {
      throw new SalesforceError(
        'INVALIDJOBSTATE',
        `Found multiple contents for job: <${job.id}>, please 'Close' / 'Abort' / 'Delete' the current Job then create a new Job`,
      );
    }
    if (typeof call.body !== 'string') throw new SalesforceError('INVALIDBATCH', 'CSV data is required');
    job.csv = call.body;
    return { status: 201 };
  };

  const close = (call: ApiCall): Answer => {
    const job = found(call);
    const patch = JobPatch.safeParse(call.body);
    if (!patch.success) throw new SalesforceError('INVALIDJOB', z.prettifyError(patch.error));
    if (job.state !== 'Open')
      throw new SalesforceError('INVALIDJOBSTATE', 'Closing already closed Job not allowed');
    job.state = patch.data.state;
    const body = jobJson(org, job, call.version);
    if (job.state === 'UploadComplete') processIngest(org, job);
    return { status: 200, body };
  };

  const poll = (call: ApiCall): Answer => {
    const job = found(call);
    const isHeldBack = job.state === 'JobComplete' && job.pollsLeft > 0;
    if (isHeldBack) job.pollsLeft -= 1;
    const shown = isHeldBack ? { ...job, state: 'InProgress' as const } : job;
    const counts = {
      jobType: 'V2Ingest',
      numberRecordsProcessed: isHeldBack ? 0 : job.succeeded.length + job.failed.length,
      numberRecordsFailed: isHeldBack ? 0 : job.failed.length,
      retries: 0,
      totalProcessingTime: 0,
      apiActiveProcessingTime: 0,
      apexProcessingTime: 0,
      ...(job.errorMessage === undefined ? {} : { errorMessage: job.errorMessage }),
    };
    return { status: 200, body: { ...jobJson(org, shown, call.version), ...counts } };
  };

  const results =
    (rows: (job: IngestJob) => Array<Record<string, string>>, leading: string[]) => (call: ApiCall) => {
      const job = found(call);
      return csvAnswer(toCsv(rows(job), leading, job));
    };

  const job = '/jobs/ingest/:job';
  return [
    { method: 'POST', path: '/jobs/ingest', operation: 'bulk-create', handle: create },
    { method: 'GET', path: '/jobs/ingest', operation: 'bulk-list', handle: (call) => list(org, jobs, call) },
    { method: 'PUT', path: `${job}/batches`, operation: 'bulk-upload', handle: upload },
    { method: 'PATCH', path: job, operation: 'bulk-close', handle: close },
    { method: 'GET', path: job, operation: 'bulk-poll', handle: poll },
    {
      method: 'DELETE',
      path: job,
      operation: 'bulk-delete',
      handle: (call) => {
        jobs.delete(found(call).id);
        return { status: 204 };
      },
    },
    {
      method: 'GET',
      path: `${job}/successfulResults`,
      operation: 'bulk-results',
      handle: results(({ succeeded }) => succeeded, ['sf__Id', 'sf__Created']),
    },
    {
      method: 'GET',
      path: `${job}/failedResults`,
      operation: 'bulk-results',
      handle: results(({ failed }) => failed, ['sf__Id', 'sf__Error']),
    },
    {
      method: 'GET',
      path: `${job}/unprocessedrecords`,
      operation: 'bulk-results',
      handle: results(() => [], []),
    },
  ];
}

/** CSV is not JSON text: the answer says so itself. */
export function csvAnswer(body: string, headers: Record<string, string> = {}): Answer {
  return { status: 200, headers: { 'content-type': 'text/csv', ...headers }, body };
}

function list(org: Org, jobs: ReadonlyMap<string, IngestJob>, { version }: ApiCall): Answer {
  const records = [...jobs.values()].map((job) => jobJson(org, job, version));
  return { status: 200, body: { done: true, nextRecordsUrl: null, records } };
}

function jobJson(org: Org, job: IngestJob, version: string): Record<string, unknown> {
  const { id, operation, object, externalIdFieldName, state, lineEnding, columnDelimiter, createdMs } = job;
  return {
    id,
    operation,
    object: object.name,
    createdById: org.apiUserId,
    createdDate: toWireDatetime(createdMs),
    systemModstamp: toWireDatetime(createdMs),
    state,
    ...(externalIdFieldName === undefined ? {} : { externalIdFieldName }),
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion: Number(version),
    ...(state === 'Open' ? { contentUrl: `services/data/v${version}/jobs/ingest/${id}/batches` } : {}),
    lineEnding,
    columnDelimiter,
  };
}
