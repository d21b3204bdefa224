import Papa from 'papaparse';
import { z } from 'zod';
import type { Answer } from '../../simulator.ts';
import { notFound, SalesforceError } from '../errors.ts';
import type { Org } from '../org.ts';
import { nthId } from '../record-id.ts';
import type { Row } from '../row.ts';
import { runQuery } from '../soql/run-query.ts';
import type { FlatColumn } from '../soql/select-list.ts';
import { toWireDatetime } from '../wire-time.ts';
import { csvAnswer } from './bulk-ingest.ts';
import { type ApiCall, type Endpoint, param } from './endpoint.ts';

const NewQueryJob = z.object({ operation: z.enum(['query', 'queryAll']), query: z.string() });

export interface QueryJob {
  id: string;
  operation: 'query' | 'queryAll';
  createdMs: number;
  columns: readonly FlatColumn[];
  rows: readonly Row[];
  pollsLeft: number;
  aborted: boolean;
}

/** Bulk API 2.0, reading: a query whose result is fetched as CSV in pages. */
export function bulkQueryEndpoints(org: Org, jobs: Map<string, QueryJob>): Endpoint[] {
  const found = (call: ApiCall): QueryJob => {
    const job = jobs.get(param(call, 'job'));
    if (job === undefined) throw notFound();
    return job;
  };

  const create = (call: ApiCall): Answer => {
    const request = NewQueryJob.safeParse(call.body);
    if (!request.success) throw new SalesforceError('INVALIDJOB', z.prettifyError(request.error));
    const { operation, query } = request.data;
    const { flat } = runQuery(org, query, call.version, operation === 'queryAll');
    if (flat === undefined)
      throw new SalesforceError('API_ERROR', 'Aggregate Relationships not supported in Bulk Query');
    const job: QueryJob = {
      ...flat,
      operation,
      id: nthId('750', 1_000_000 + jobs.size),
      createdMs: org.stamp(),
      pollsLeft: org.settings.bulkPolls,
      aborted: false,
    };
    jobs.set(job.id, job);
    return { status: 200, body: jobJson(org, job, call.version, 'UploadComplete') };
  };

  const poll = (call: ApiCall): Answer => {
    const job = found(call);
    if (job.aborted) return { status: 200, body: jobJson(org, job, call.version, 'Aborted') };
    const isDone = job.pollsLeft === 0;
    if (!isDone) job.pollsLeft -= 1;
    return { status: 200, body: jobJson(org, job, call.version, isDone ? 'JobComplete' : 'InProgress') };
  };

  const results = (call: ApiCall): Answer => {
    const job = found(call);
    if (job.pollsLeft > 0 || job.aborted) throw new SalesforceError('INVALIDJOBSTATE', 'Job is not complete');
    const offset = decodeLocator(call.query.locator);
    const asked = Number(call.query.maxRecords ?? job.rows.length);
    const end = Math.min(
      job.rows.length,
      offset + (Number.isInteger(asked) && asked > 0 ? asked : job.rows.length),
    );
    const data = job.rows.slice(offset, end).map((row) => job.columns.map(({ text }) => text(row)));
    const csv = Papa.unparse(
      { fields: job.columns.map(({ header }) => header), data },
      { quotes: true, newline: '\n' },
    );
    return csvAnswer(`${csv}\n`, {
      'sforce-locator': end >= job.rows.length ? 'null' : Buffer.from(String(end)).toString('base64url'),
      'sforce-numberofrecords': String(end - offset),
    });
  };

  const job = '/jobs/query/:job';
  return [
    { method: 'POST', path: '/jobs/query', operation: 'bulk-query-create', handle: create },
    { method: 'GET', path: job, operation: 'bulk-query-poll', handle: poll },
    { method: 'GET', path: `${job}/results`, operation: 'bulk-query-results', handle: results },
    {
      method: 'PATCH',
      path: job,
      operation: 'bulk-query-abort',
      handle: (call) => {
        const aborted = found(call);
        aborted.aborted = true;
        return { status: 200, body: jobJson(org, aborted, call.version, 'Aborted') };
      },
    },
    {
      method: 'DELETE',
      path: job,
      operation: 'bulk-query-delete',
      handle: (call) => {
        jobs.delete(found(call).id);
        return { status: 204 };
      },
    },
  ];
}

function decodeLocator(locator: string | undefined): number {
  if (locator === undefined) return 0;
  const offset = Number(Buffer.from(locator, 'base64url').toString());
  if (!Number.isInteger(offset)) throw new SalesforceError('INVALID_QUERY_LOCATOR', 'invalid query locator');
  return offset;
}

function jobJson(org: Org, job: QueryJob, version: string, state: string): Record<string, unknown> {
  return {
    id: job.id,
    operation: job.operation,
    object: job.rows.length === 0 ? undefined : org.findById(job.rows[0]?.Id ?? '')?.object.name,
    createdById: org.apiUserId,
    createdDate: toWireDatetime(job.createdMs),
    systemModstamp: toWireDatetime(job.createdMs),
    state,
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion: Number(version),
    jobType: 'V2Query',
    lineEnding: 'LF',
    columnDelimiter: 'COMMA',
    ...(state === 'JobComplete'
      ? { numberRecordsProcessed: job.rows.length, retries: 0, totalProcessingTime: 0 }
      : {}),
  };
}
