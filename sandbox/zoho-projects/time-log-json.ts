import { durationText, hoursJson } from './duration.ts';
import type { Portal } from './portal.ts';
import { ownerJson } from './record-json.ts';
import type { TimeLogRecord } from './work-records.ts';

/** A log as listings and single reads give it. The name of its modified time is not known, so it has none. */
export function timeLogJson(portal: Portal, log: TimeLogRecord): object {
  const { notesKey, approval } = portal.settings;
  const { name, email, zpuid } = portal.person(log.ownerId);
  const [first = ''] = name.split(' ');
  return {
    id: log.id,
    log_hour: durationText(log.minutes),
    [notesKey]: log.notes,
    date: log.date,
    owner: { zpuid, name, first_name: first, email },
    added_by: ownerJson(portal, log.ownerId),
    billing_status: log.isBillable ? 'Billable' : 'Non Billable',
    ...(approval === 'off'
      ? {}
      : {
          approval: { status: log.approval, ...(log.reason === '' ? {} : { reason: log.reason }) },
        }),
    type: log.module,
    ...(log.module === 'general' ? { log_name: log.logName } : {}),
    module_detail: moduleDetail(portal, log),
    project: { id: log.projectId, name: portal.project(log.projectId).name },
  };
}

/** What the time was spent on. Asked for as `issue`, answered as `bug`. */
function moduleDetail(portal: Portal, { module, itemId, logName }: TimeLogRecord): object {
  if (itemId === null) return { type: 'general', name: logName };
  const { id, name, prefix } = portal.item(itemId);
  return { type: module === 'issue' ? 'bug' : module, id, name, prefix };
}

/** Logs day by day, in their order. */
export function daysJson(portal: Portal, logs: readonly TimeLogRecord[]): object[] {
  const days = new Map<string, TimeLogRecord[]>();
  for (const log of logs) {
    const day = days.get(log.date);
    if (day === undefined) days.set(log.date, [log]);
    else day.push(log);
  }
  return Array.from(days, ([date, ofDay]) => ({
    date,
    log_hours: hoursOfDay(ofDay),
    log_details: ofDay.map((log) => timeLogJson(portal, log)),
  }));
}

function hoursOfDay(logs: readonly TimeLogRecord[]): object {
  let billable = 0;
  let total = 0;
  for (const { minutes, isBillable } of logs) {
    total += minutes;
    if (isBillable) billable += minutes;
  }
  return hoursJson(total, billable);
}
