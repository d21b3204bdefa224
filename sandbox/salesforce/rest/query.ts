import type { Answer, RequestFault } from '../../simulator.ts';
import type { Org } from '../org.ts';
import type { Cursor, QueryCursors } from '../query-cursors.ts';
import { malformed } from '../soql/query-source.ts';
import { runQuery } from '../soql/run-query.ts';
import { type ApiCall, type Endpoint, headerOptions, param } from './endpoint.ts';

const DEFAULT_BATCH = 2000;
const MIN_BATCH = 200;

export function queryEndpoints(org: Org, cursors: QueryCursors): Endpoint[] {
  const first = (call: ApiCall, includeDeleted: boolean): Answer => {
    const soql = call.query.q;
    if (soql === undefined || soql === '') throw malformed("unexpected token: '<EOF>'");
    const result = runQuery(org, soql, call.version, includeDeleted);
    return page(cursors.open(result, batchSize(call)), 0, call);
  };
  const more = (call: ApiCall): Answer => {
    const { cursor, offset } = cursors.find(param(call, 'locator'));
    return page(cursor, offset, call);
  };
  return [
    { method: 'GET', path: '/query', operation: 'query', handle: (call) => first(call, false) },
    { method: 'GET', path: '/query/:locator', operation: 'query-more', handle: more },
    { method: 'GET', path: '/queryAll', operation: 'query-all', handle: (call) => first(call, true) },
    { method: 'GET', path: '/queryAll/:locator', operation: 'query-more', handle: more },
  ];
}

/** What the caller asks for is advisory; the server keeps within its own bounds. */
function batchSize({ headers }: ApiCall): number {
  const wanted = Number(headerOptions(headers['sforce-query-options']).batchsize);
  return Number.isInteger(wanted) ? Math.min(DEFAULT_BATCH, Math.max(MIN_BATCH, wanted)) : DEFAULT_BATCH;
}

function page({ id, result, batchSize }: Cursor, offset: number, { version, fault }: ApiCall): Answer {
  if (fault?.kind === 'empty') return { status: 200, body: '{"totalSize":0,"done":true,"records":[]}' };
  const end = Math.min(result.length, offset + batchSize);
  const done = end >= result.length;
  const next = done ? '' : `"nextRecordsUrl":"/services/data/v${version}/query/${id}-${end}",`;
  const written: string[] = [];
  for (let i = offset; i < shownEnd(end, offset, fault); i++) written.push(result.writeAt(i));
  const body = `{"totalSize":${result.totalSize},"done":${done},${next}"records":[${written.join(',')}]}`;
  return { status: 200, body };
}

function shownEnd(end: number, offset: number, fault: RequestFault | null): number {
  return fault?.kind === 'truncate' ? Math.max(offset, end - fault.rows) : end;
}
