import type { z } from 'zod';
import { LogChangeBody, NewLogBody } from './log-values.ts';
import type { Portal } from './portal.ts';
import { invalidParameter, notFound, Refusal } from './refusal.ts';
import { type Call, PROJECT, param, projectOf, type Route } from './route.ts';
import { timeLogJson } from './time-log-json.ts';
import type { TimeLogRecord } from './work-records.ts';

/** Entering, reading, changing and deleting one log. */
export const timeLogWrites: readonly Route[] = [
  {
    method: 'POST',
    path: `${PROJECT}/log`,
    operation: 'logs.create',
    area: 'timesheets',
    handle: (call) => {
      const log = newLog(call);
      call.portal.logs.put(log);
      return { status: 201, body: timeLogJson(call.portal, log) };
    },
  },
  {
    method: 'GET',
    path: `${PROJECT}/logs/:log`,
    operation: 'logs.get',
    area: 'timesheets',
    handle: (call) => ({ status: 200, body: timeLogJson(call.portal, logOf(call)) }),
  },
  {
    method: 'PATCH',
    path: `${PROJECT}/logs/:log`,
    operation: 'logs.update',
    area: 'timesheets',
    handle: (call) => {
      const log = logOf(call);
      if (log.approval === 'Approved') {
        throw new Refusal(400, 'INVALID_PARAMETER_VALUE', { message: 'Cannot update approved timelogs' });
      }
      const changed = changedLog(call, log);
      call.portal.logs.put(changed);
      return { status: 200, body: timeLogJson(call.portal, changed) };
    },
  },
  {
    method: 'DELETE',
    path: `${PROJECT}/logs/:log`,
    operation: 'logs.delete',
    area: 'timesheets',
    handle: (call) => {
      call.portal.logs.remove(logOf(call).id);
      return { status: 204 };
    },
  },
];

/** How a new log stands before anybody has looked at it. */
export function firstApproval({ settings }: Portal): TimeLogRecord['approval'] {
  return settings.approval === 'auto' ? 'Approved' : 'Pending';
}

/** @throws Refusal 404 */
function logOf(call: Call): TimeLogRecord {
  const log = call.portal.logs.find(param(call, 'log'));
  if (log === undefined || log.projectId !== projectOf(call).id) throw notFound('log');
  return log;
}

/** The body in its shape. @throws Refusal 400 that names the first field at fault */
export function bodyOf<T>(call: Call, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(call.body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalidParameter(issue?.path.join('.') ?? '', issue?.message ?? 'The input is invalid.');
}

function newLog(call: Call): TimeLogRecord {
  const { portal } = call;
  const project = projectOf(call);
  const body = bodyOf(call, NewLogBody);
  const { type, id } = body.module;
  if (type !== 'general' && id === undefined) throw invalidParameter('module', 'The id is missing.');
  const item = type === 'general' || id === undefined ? undefined : portal.item(id);
  const now = portal.now();
  return {
    id: portal.freshId(),
    projectId: project.id,
    module: type,
    itemId: item?.id ?? null,
    logName: body.log_name ?? '',
    ownerId: portal.person(body.owner_zpuid ?? project.ownerId).zpuid,
    date: body.date,
    minutes: body.hours,
    notes: body.notes,
    isBillable: body.bill_status,
    approval: firstApproval(portal),
    reason: '',
    createdMs: now,
    modifiedMs: now,
  };
}

function changedLog(call: Call, log: TimeLogRecord): TimeLogRecord {
  const { date, bill_status, hours, notes, owner_zpuid, log_name } = bodyOf(call, LogChangeBody);
  return {
    ...log,
    date: date ?? log.date,
    isBillable: bill_status ?? log.isBillable,
    minutes: hours ?? log.minutes,
    notes: notes ?? log.notes,
    ownerId: owner_zpuid === undefined ? log.ownerId : call.portal.person(owner_zpuid).zpuid,
    logName: log_name ?? log.logName,
    modifiedMs: call.portal.now(),
  };
}
