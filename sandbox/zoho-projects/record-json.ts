import { durationText, hoursJson } from './duration.ts';
import type { Portal } from './portal.ts';
import type { PersonRecord, PhaseRecord, ProjectRecord, WorkItemRecord } from './work-records.ts';

/** A moment as the API writes it: `2026-11-02T08:00:00.000Z`. */
function instantText(ms: number): string {
  return new Date(ms).toISOString();
}

export function portalJson({ id, name }: Portal): object {
  return { id, name, portal_name: name, is_default: true, currency: 'AUD', locale: 'en_AU' };
}

export function personJson({ zpuid, zuid, name, email, role, rate }: PersonRecord): object {
  return {
    id: zpuid,
    zpuid,
    zuid,
    full_name: name,
    email,
    role: { name: role },
    profile: { name: role === 'Administrator' ? 'Portal Admin' : 'Employee' },
    ...(rate === null ? {} : { rate }),
  };
}

/** A user where another record names one. */
export function ownerJson(portal: Portal, zpuid: string): object {
  const { zuid, name, email } = portal.person(zpuid);
  return { zpuid, zuid, name, email };
}

export function projectJson(portal: Portal, project: ProjectRecord): object {
  return {
    id: project.id,
    key: project.key,
    name: project.name,
    status: {
      id: project.isClosed ? '3' : '1',
      name: project.isClosed ? 'Closed' : 'Active',
      color: project.isClosed ? '#f56b62' : '#2cc8ba',
      is_closed_type: project.isClosed,
    },
    is_completed: project.isClosed,
    owner: ownerJson(portal, project.ownerId),
    start_date: project.startDate,
    end_date: project.endDate,
    budget_info: { budget_type: 'Based on Project Hours', currency: project.currency },
    ...(project.clientId === null ? {} : { client: { id: project.clientId, name: project.clientName } }),
    ...(project.group === null ? {} : { project_group: { name: project.group } }),
    ...project.custom,
    created_time: instantText(project.createdMs),
    last_updated_time: instantText(project.modifiedMs),
  };
}

export function phaseJson(portal: Portal, phase: PhaseRecord): object {
  const { isClosed } = phase;
  const name = isClosed ? 'Completed' : 'Active';
  const counts = taskCounts(portal, phase.id);
  const all = counts.open_count + counts.closed_count;
  return {
    id: phase.id,
    name: phase.name,
    start_date: phase.startDate,
    end_date: phase.endDate,
    status:
      portal.settings.status === 'named'
        ? { id: isClosed ? '2' : '1', name, is_closed_type: isClosed }
        : { statusId: isClosed ? '2' : '1', statusName: name, closed: isClosed },
    status_type: isClosed ? 'closed' : 'open',
    is_completed: isClosed,
    completion_percent: all === 0 ? 0 : Math.round((100 * counts.closed_count) / all),
    flag: phase.flag,
    owner: ownerJson(portal, phase.ownerId),
    tasks: counts,
    project: { id: phase.projectId, name: portal.project(phase.projectId).name },
    tab_info: { invoice_tab_enabled: true },
    ...phase.custom,
    last_modified_time: instantText(phase.modifiedMs),
  };
}

function taskCounts(portal: Portal, phaseId: string): { open_count: number; closed_count: number } {
  const counts = { open_count: 0, closed_count: 0 };
  for (const itemId of portal.itemsOfPhase(phaseId)) {
    if (portal.item(itemId).isClosed) counts.closed_count += 1;
    else counts.open_count += 1;
  }
  return counts;
}

export function itemJson(portal: Portal, item: WorkItemRecord): object {
  const { totalMinutes, billableMinutes } = portal.logs.spentOn(item.id);
  return {
    id: item.id,
    prefix: item.prefix,
    name: item.name,
    status: {
      id: item.isClosed ? '2' : '1',
      name: item.isClosed ? 'Closed' : 'Open',
      is_closed_type: item.isClosed,
    },
    is_completed: item.isClosed,
    ...(item.kind === 'task' ? { tasklist: { id: item.tasklistId, name: item.tasklist } } : {}),
    ...(item.phaseId === null
      ? {}
      : { milestone: { id: item.phaseId, name: portal.phase(item.phaseId).name } }),
    project: { id: item.projectId, name: portal.project(item.projectId).name },
    owners_and_work: { owners: [ownerJson(portal, item.ownerId)], total_work: durationText(totalMinutes) },
    log_hours: hoursJson(totalMinutes, billableMinutes),
    billing_type: 'Billable',
    ...item.custom,
    created_time: instantText(item.createdMs),
    last_updated_time: instantText(item.modifiedMs),
  };
}
