import { z } from 'zod';
import type { Answer } from '../simulator.ts';
import { hoursJson } from './duration.ts';
import { afterFault, type Page, pageAnswer, pageInfo, readPage } from './listing.ts';
import type { Portal } from './portal.ts';
import { invalidParameter, patternNotMatched } from './refusal.ts';
import { type Call, PORTAL, PROJECT, projectOf, type Query, type Route } from './route.ts';
import { daysJson } from './time-log-json.ts';
import type { Selected } from './time-log-store.ts';
import { windowOf } from './time-log-window.ts';
import type { TimeLogRecord } from './work-records.ts';

const ModuleParameter = z.object({ type: z.string(), id: z.string().optional() });

/** Reading time logs, of a project and of the whole portal: one kind of work item a call. */
export const timeLogReads: readonly Route[] = [
  {
    method: 'GET',
    path: `${PROJECT}/timelogs`,
    operation: 'timelogs.list',
    area: 'timesheets',
    handle: (call) => answerLogs(call, projectOf(call).id),
  },
  {
    method: 'GET',
    path: `${PORTAL}/timelogs`,
    operation: 'timelogs.list-portal',
    area: 'timesheets',
    handle: (call) => answerLogs(call, undefined),
  },
];

function answerLogs(call: Call, projectId: string | undefined): Answer {
  const { portal, query } = call;
  if (query.filter !== undefined) {
    throw invalidParameter('filter', 'The sandbox knows no criteria: nobody has shown how they are written.');
  }
  const module = moduleOf(query);
  const selected = portal.logs.select({
    ...(projectId === undefined ? {} : { projectId }),
    module: module.type,
    ...(module.id === undefined ? {} : { itemId: module.id }),
    ...windowOf(query),
    byModified: query.fetch_by_modified_time === 'true',
  });
  const { endless } = portal.settings;
  const isEndless =
    endless === 'all-time-logs' || (endless === 'portal-time-logs' && projectId === undefined);
  const asked = readPage(call);
  const page = pageReached(portal, asked, selected.logs.length, isEndless);
  const logs = afterFault(call, rowsOf(portal, page, selected));
  const isEmptied = call.fault?.kind === 'empty';
  const hasNext = isEndless || (!isEmptied && asked.page * asked.perPage < selected.logs.length);
  return pageAnswer(call, 'time_logs', daysJson(portal, logs), {
    ...pageInfo(portal, 'time_logs', asked, logs.length, hasNext),
    log_hours: isEmptied ? hoursJson(0, 0) : hoursJson(selected.totalMinutes, selected.billableMinutes),
  });
}

/** An endless listing shows its last page again to whoever asks for more. */
function pageReached(portal: Portal, asked: Page, count: number, isEndless: boolean): Page {
  if (!isEndless || portal.settings.pastTheEnd === 'nothing') return asked;
  const last = Math.max(1, Math.ceil(count / asked.perPage));
  return { ...asked, page: Math.min(asked.page, last) };
}

/** The page's logs; a day that began on the page before may bring its last log from there along. */
function rowsOf(portal: Portal, { page, perPage }: Page, { logs }: Selected): readonly TimeLogRecord[] {
  const start = (page - 1) * perPage;
  const rows = logs.slice(start, start + perPage);
  const before = logs[start - 1];
  const isSplit = before !== undefined && before.date === rows[0]?.date;
  return portal.settings.repeatsAcrossPages && isSplit ? [before, ...rows] : rows;
}

/** @throws Refusal 400 when it is missing, no JSON, or names no kind of work item */
function moduleOf(query: Query): { type: TimeLogRecord['module']; id?: string } {
  if (query.module === undefined) throw invalidParameter('module', 'The mandatory parameter is missing.');
  const module = ModuleParameter.safeParse(jsonOf(query.module));
  if (!module.success) throw patternNotMatched('module');
  const { type, id } = module.data;
  if (type !== 'task' && type !== 'issue' && type !== 'general') throw patternNotMatched('module');
  return id === undefined ? { type } : { type, id };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
