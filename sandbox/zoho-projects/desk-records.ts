import type { z } from 'zod';
import type {
  ItemChange,
  LogChange,
  NewItem,
  NewLog,
  NewPerson,
  NewPhase,
  NewProject,
  PersonChange,
  PhaseChange,
  ProjectChange,
} from './desk-values.ts';
import type { Portal } from './portal.ts';
import { notFound } from './refusal.ts';
import { firstApproval } from './time-log-writes.ts';
import type {
  PersonRecord,
  PhaseRecord,
  ProjectRecord,
  TimeLogRecord,
  WorkItemRecord,
} from './work-records.ts';

/** A user of the portal is invited. @returns the zpuid */
export function addPerson(portal: Portal, values: z.infer<typeof NewPerson>): string {
  const zpuid = portal.freshId();
  portal.people.set(zpuid, { zpuid, zuid: zpuid.slice(0, 2) + zpuid.slice(-7), isActive: true, ...values });
  return zpuid;
}

export function editPerson(portal: Portal, id: string, values: z.infer<typeof PersonChange>): void {
  const person = portal.person(id);
  portal.people.set(id, { ...person, ...given<PersonRecord>(values) });
}

export function addProject(portal: Portal, values: z.infer<typeof NewProject>): string {
  const now = portal.now();
  const id = portal.freshId();
  portal.projects.set(id, {
    id,
    key: `SB-${portal.projects.size + 1}`,
    name: values.name,
    isClosed: false,
    ownerId: personOf(portal, values.owner),
    clientId: values.client?.id ?? null,
    clientName: values.client?.name ?? null,
    group: values.group ?? null,
    currency: values.currency,
    startDate: values.start_date ?? null,
    endDate: values.end_date ?? null,
    custom: values.custom,
    createdMs: now,
    modifiedMs: now,
  });
  return id;
}

export function editProject(portal: Portal, id: string, values: z.infer<typeof ProjectChange>): void {
  const { client, closed, custom, ...plain } = values;
  const project = portal.project(id);
  portal.projects.set(id, {
    ...project,
    ...given<ProjectRecord>(plain),
    ...(client === undefined ? {} : { clientId: client?.id ?? null, clientName: client?.name ?? null }),
    isClosed: closed ?? project.isClosed,
    custom: { ...project.custom, ...custom },
    modifiedMs: portal.now(),
  });
}

export function addPhase(portal: Portal, values: z.infer<typeof NewPhase>): string {
  const project = portal.project(values.project);
  const today = new Date(portal.now()).toISOString().slice(0, 10);
  const id = portal.freshId();
  const startDate = values.start_date ?? today;
  portal.phases.set(id, {
    id,
    projectId: project.id,
    name: values.name,
    startDate,
    endDate: values.end_date ?? startDate,
    isClosed: values.closed,
    flag: values.flag,
    ownerId: values.owner === undefined ? project.ownerId : personOf(portal, values.owner),
    custom: values.custom,
    modifiedMs: portal.now(),
  });
  return id;
}

export function editPhase(portal: Portal, id: string, values: z.infer<typeof PhaseChange>): void {
  const phase = portal.phase(id);
  const changed: PhaseRecord = {
    ...phase,
    name: values.name ?? phase.name,
    startDate: values.start_date ?? phase.startDate,
    endDate: values.end_date ?? phase.endDate,
    isClosed: values.closed ?? phase.isClosed,
    custom: { ...phase.custom, ...values.custom },
    modifiedMs: portal.now(),
  };
  portal.phases.set(id, changed);
}

export function addItem(
  portal: Portal,
  kind: WorkItemRecord['kind'],
  values: z.infer<typeof NewItem>,
): string {
  const project = portal.project(values.project);
  const now = portal.now();
  const id = portal.freshId();
  portal.putItem({
    id,
    kind,
    projectId: project.id,
    phaseId: values.milestone === undefined ? null : portal.phase(values.milestone).id,
    prefix: `${project.key}-${kind === 'task' ? 'T' : 'I'}${portal.items.size + 1}`,
    name: values.name,
    tasklistId: project.id,
    tasklist: values.tasklist,
    isClosed: values.closed,
    ownerId: values.owner === undefined ? project.ownerId : personOf(portal, values.owner),
    custom: values.custom,
    createdMs: now,
    modifiedMs: now,
  });
  return id;
}

export function editItem(portal: Portal, id: string, values: z.infer<typeof ItemChange>): void {
  const item = portal.item(id);
  const { milestone, name, closed, custom } = values;
  portal.putItem({
    ...item,
    phaseId: phaseAfter(portal, item, milestone),
    name: name ?? item.name,
    isClosed: closed ?? item.isClosed,
    custom: { ...item.custom, ...custom },
    modifiedMs: portal.now(),
  });
}

function phaseAfter(
  portal: Portal,
  item: WorkItemRecord,
  milestone: string | null | undefined,
): string | null {
  if (milestone === undefined) return item.phaseId;
  return milestone === null ? null : portal.phase(milestone).id;
}

export function addLog(portal: Portal, values: z.infer<typeof NewLog>): string {
  const itemId = values.task ?? values.issue;
  const item = itemId === undefined ? undefined : portal.item(itemId);
  const project = portal.project(item?.projectId ?? values.project ?? '');
  const now = portal.now();
  const id = portal.freshId();
  portal.logs.put({
    id,
    projectId: project.id,
    module: item?.kind ?? 'general',
    itemId: item?.id ?? null,
    logName: item === undefined ? values.log_name : '',
    ownerId: values.owner === undefined ? (item ?? project).ownerId : personOf(portal, values.owner),
    date: values.date,
    minutes: values.hours,
    notes: values.notes,
    isBillable: values.bill_status,
    approval: values.approval ?? firstApproval(portal),
    reason: '',
    createdMs: now,
    modifiedMs: now,
  });
  return id;
}

/** People may change what the API may not: an approved log. */
export function editLog(portal: Portal, id: string, values: z.infer<typeof LogChange>): void {
  const log = logOf(portal, id);
  portal.logs.put({
    ...log,
    date: values.date ?? log.date,
    minutes: values.hours ?? log.minutes,
    isBillable: values.bill_status ?? log.isBillable,
    notes: values.notes ?? log.notes,
    logName: values.log_name ?? log.logName,
    ownerId: values.owner === undefined ? log.ownerId : personOf(portal, values.owner),
    approval: values.approval ?? log.approval,
    modifiedMs: portal.now(),
  });
}

/** @throws Refusal 404 */
export function logOf(portal: Portal, id: string): TimeLogRecord {
  const log = portal.logs.find(id);
  if (log === undefined) throw notFound('log');
  return log;
}

/** @param ref zpuid or address; absent: the first user @throws Refusal 404 */
function personOf(portal: Portal, ref: string | undefined): string {
  if (ref !== undefined && portal.people.has(ref)) return ref;
  for (const { zpuid, email } of portal.people.values()) if (ref === undefined || email === ref) return zpuid;
  throw notFound('user');
}

/** What was given of the changes: an absent one is no change. */
function given<T extends object>(values: { [K in keyof T]?: T[K] | undefined }): Partial<T> {
  const kept: Partial<T> = {};
  for (const key in values) {
    const value = values[key];
    if (value !== undefined) kept[key] = value;
  }
  return kept;
}
