import type { AdminListing, AdminPage, AdminRecord, Desk } from '../simulator.ts';
import {
  addItem,
  addLog,
  addPerson,
  addPhase,
  addProject,
  editItem,
  editLog,
  editPerson,
  editPhase,
  editProject,
} from './desk-records.ts';
import {
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
import { itemJson, personJson, phaseJson, projectJson } from './record-json.ts';
import { notFound } from './refusal.ts';
import { deactivatePerson, removeItem, removePhase, removeProject } from './removals.ts';
import { timeLogJson } from './time-log-json.ts';
import type { WorkItemRecord } from './work-records.ts';

/** One kind of record as people see and change it. */
interface Drawer {
  rows(): Iterable<{ id: string; json: () => object }>;
  create(values: AdminRecord): string;
  edit(id: string, values: AdminRecord): void;
  remove(id: string): boolean;
}

/**
 * People at the portal's own screens. Collections: `users`, `projects`, `phases` (or `milestones`), `tasks`,
 * `issues`, `logs`. Records are shown as the API answers them, and entered by the names in `desk-values.ts`.
 */
export function deskOf(portal: Portal): Desk {
  const drawers = drawersOf(portal);
  const drawer = (collection: string): Drawer => {
    const found = drawers[collection];
    if (found === undefined)
      throw new RangeError(`No ${collection}; there are ${Object.keys(drawers).join(', ')}`);
    return found;
  };
  return {
    list: (collection, page) => listRows([...drawer(collection).rows()], page),
    create: (collection, values) => drawer(collection).create(values),
    edit: (collection, id, values) => drawer(collection).edit(id, values),
    remove(collection, id) {
      if (!drawer(collection).remove(id)) throw notFound('record');
    },
  };
}

function listRows(
  rows: readonly { id: string; json: () => object }[],
  { limit, offset, ids }: AdminPage,
): AdminListing {
  const found = ids === undefined ? rows : rows.filter(({ id }) => ids.includes(id));
  const shown = ids === undefined ? found.slice(offset, offset + limit) : found;
  return { total: found.length, records: shown.map(({ json }) => ({ ...json() })) };
}

function drawersOf(portal: Portal): Readonly<Record<string, Drawer>> {
  const phases: Drawer = {
    rows: () => rowsOf(portal.phases.values(), (phase) => phaseJson(portal, phase)),
    create: (values) => addPhase(portal, NewPhase.parse(values)),
    edit: (id, values) => editPhase(portal, id, PhaseChange.parse(values)),
    remove: (id) => removePhase(portal, id),
  };
  return {
    users: {
      rows: () =>
        portal.people.values().map((person) => ({ id: person.zpuid, json: () => personJson(person) })),
      create: (values) => addPerson(portal, NewPerson.parse(values)),
      edit: (id, values) => editPerson(portal, id, PersonChange.parse(values)),
      remove: (id) => deactivatePerson(portal, id),
    },
    projects: {
      rows: () => rowsOf(portal.projects.values(), (project) => projectJson(portal, project)),
      create: (values) => addProject(portal, NewProject.parse(values)),
      edit: (id, values) => editProject(portal, id, ProjectChange.parse(values)),
      remove: (id) => removeProject(portal, id),
    },
    phases,
    milestones: phases,
    tasks: itemDrawer(portal, 'task'),
    issues: itemDrawer(portal, 'issue'),
    logs: {
      rows: () => rowsOf(portal.logs.all(), (log) => timeLogJson(portal, log)),
      create: (values) => addLog(portal, NewLog.parse(values)),
      edit: (id, values) => editLog(portal, id, LogChange.parse(values)),
      remove: (id) => portal.logs.remove(id),
    },
  };
}

function itemDrawer(portal: Portal, kind: WorkItemRecord['kind']): Drawer {
  return {
    rows: () =>
      rowsOf(
        portal.items.values().filter((item) => item.kind === kind),
        (item) => itemJson(portal, item),
      ),
    create: (values) => addItem(portal, kind, NewItem.parse(values)),
    edit: (id, values) => editItem(portal, id, ItemChange.parse(values)),
    remove: (id) => removeItem(portal, id),
  };
}

function rowsOf<T extends { id: string }>(
  records: IteratorObject<T>,
  show: (record: T) => object,
): Iterable<{ id: string; json: () => object }> {
  return records.map((record) => ({ id: record.id, json: () => show(record) }));
}
