import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Answer } from '../simulator.ts';
import { durationText } from './duration.ts';
import { OldRefusal } from './refusal.ts';
import { type Call, param, type Route } from './route.ts';
import type { TimeLogRecord } from './work-records.ts';

const OLD_PROJECT = '/restapi/portal/:portal/projects/:project';

const APPROVAL_OF = { approve: 'Approved', reject: 'Rejected', pending: 'Pending' } as const;
const ApprovalForm = z.object({
  approval: z.enum(['approve', 'reject', 'pending']),
  reason: z.string().optional(),
});
const LogsQuery = z.object({
  users_list: z.string(),
  view_type: z.enum(['day', 'week', 'month']),
  date: z.string().regex(/^\d{2}-\d{2}-\d{4}$/),
  bill_status: z.enum(['All', 'Billable', 'Non Billable']),
  component_type: z.enum(['task', 'bug', 'general']),
});

/** What is left of the old API: approving time, which the new one has no route for, and its way of listing it. */
export const oldApiRoutes: readonly Route[] = [
  ...['tasks/:item/logs/:log', 'bugs/:item/logs/:log', 'logs/:log'].map(approvalRoute),
  {
    method: 'GET',
    path: `${OLD_PROJECT}/logs`,
    operation: 'old.logs.list',
    area: 'timesheets',
    handle: listOldLogs,
  },
];

function approvalRoute(place: string): Route {
  return {
    method: 'POST',
    path: `${OLD_PROJECT}/${place}/approval`,
    operation: 'old.logs.approve',
    area: 'timesheets',
    handle: (call) => {
      const form = ApprovalForm.safeParse(call.body);
      if (!form.success) throw patternMismatch();
      const log = call.portal.logs.find(param(call, 'log'));
      const item = call.params.item ?? null;
      if (log === undefined || log.projectId !== param(call, 'project') || log.itemId !== item) {
        throw new OldRefusal(404, 6404, 'The requested resource is not found');
      }
      const { approval, reason } = form.data;
      const changed: TimeLogRecord = {
        ...log,
        approval: APPROVAL_OF[approval],
        reason: reason ?? '',
        modifiedMs: call.portal.now(),
      };
      call.portal.logs.put(changed);
      return { status: 200, body: { timelogs: { [listKey(log)]: [oldLogJson(call, changed)] } } };
    },
  };
}

function listOldLogs(call: Call): Answer {
  const query = LogsQuery.safeParse(call.query);
  if (!query.success) throw patternMismatch();
  const { view_type, date, bill_status, component_type } = query.data;
  const day = DateTime.fromFormat(date, 'MM-dd-yyyy', { zone: 'utc' });
  if (!day.isValid) throw patternMismatch();
  const { logs, totalMinutes } = call.portal.logs.select({
    projectId: param(call, 'project'),
    module: component_type === 'bug' ? 'issue' : component_type,
    from: day.startOf(view_type).toISODate(),
    to: day.endOf(view_type).toISODate(),
    byModified: false,
  });
  const wanted = logs.filter(
    ({ isBillable }) => bill_status === 'All' || isBillable === (bill_status === 'Billable'),
  );
  if (wanted.length === 0) return { status: 204 };
  const days = Object.entries(Object.groupBy(wanted, (log) => log.date));
  return {
    status: 200,
    body: {
      timelogs: {
        grandtotal: durationText(totalMinutes),
        date: days.map(([of, ofDay = []]) => ({
          date: oldDay(of),
          [listKey(ofDay[0])]: ofDay.map((log) => oldLogJson(call, log)),
        })),
      },
    },
  };
}

/** Ids go out as numbers, and once more as text for whoever cannot read them. */
function oldLogJson({ portal }: Call, log: TimeLogRecord): object {
  const owner = portal.person(log.ownerId);
  const item = log.itemId === null ? undefined : portal.item(log.itemId);
  return {
    id: log.id,
    id_string: log.id,
    hours: Math.floor(log.minutes / 60),
    minutes: log.minutes % 60,
    hours_display: durationText(log.minutes),
    total_minutes: log.minutes,
    bill_status: log.isBillable ? 'Billable' : 'Non Billable',
    approval_status: log.approval,
    owner_id: owner.zuid,
    owner_name: owner.name,
    log_date: oldDay(log.date),
    notes: log.notes,
    ...(item === undefined
      ? { name: log.logName }
      : { [item.kind === 'task' ? 'task' : 'bug']: { id: item.id, id_string: item.id, name: item.name } }),
    created_time_long: log.createdMs,
    last_modified_time_long: log.modifiedMs,
  };
}

function listKey(log: TimeLogRecord | undefined): string {
  switch (log?.module) {
    case 'issue':
      return 'buglogs';
    case 'general':
      return 'generallogs';
    default:
      return 'tasklogs';
  }
}

/** `MM-DD-YYYY`. */
function oldDay(day: string): string {
  return `${day.slice(5)}-${day.slice(0, 4)}`;
}

function patternMismatch(): OldRefusal {
  return new OldRefusal(400, 6832, 'Input Parameter Does not Match the Pattern Specified');
}
