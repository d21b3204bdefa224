import type { World } from '../world.ts';
import { PortalSettings } from './portal-settings.ts';
import { notFound } from './refusal.ts';
import { Throttle } from './throttle.ts';
import { TimeLogStore } from './time-log-store.ts';
import type { PersonRecord, PhaseRecord, ProjectRecord, WorkItemRecord } from './work-records.ts';

/** Ids of one portal share their head; the tails count. Neighbours are one and the same JavaScript number. */
const ID_HEAD = '18022310000';
const ID_TAIL_DIGITS = 8;

/** The one portal of the account: all that people and clients see of it. */
export class Portal {
  readonly world: World;
  readonly id = '60018022310';
  /** Stands for the id in paths. */
  readonly name = 'stackbridge';
  readonly throttle: Throttle;
  settings: PortalSettings = PortalSettings.parse({});
  /** By zpuid. */
  readonly people = new Map<string, PersonRecord>();
  readonly projects = new Map<string, ProjectRecord>();
  readonly phases = new Map<string, PhaseRecord>();
  /** Tasks and issues; changed through `putItem` and `removeItem`. */
  readonly items = new Map<string, WorkItemRecord>();
  readonly #itemsOfPhase = new Map<string, Set<string>>();
  readonly #itemsOfProject = new Map<string, Set<string>>();
  readonly logs = new TimeLogStore();
  nextSerial = 1;

  constructor(world: World) {
    this.world = world;
    this.throttle = new Throttle(world.clock);
  }

  /** 19 digits: past 2^53. */
  freshId(): string {
    return ID_HEAD + String(this.nextSerial++).padStart(ID_TAIL_DIGITS, '0');
  }

  now(): number {
    return this.world.clock.now();
  }

  /** Empties the portal. */
  clear(): void {
    this.settings = PortalSettings.parse({});
    for (const table of [
      this.people,
      this.projects,
      this.phases,
      this.items,
      this.#itemsOfPhase,
      this.#itemsOfProject,
      this.logs,
    ]) {
      table.clear();
    }
    this.throttle.clear();
    this.nextSerial = 1;
  }

  /** Ids of the tasks and issues that belong to a phase. */
  itemsOfPhase(phaseId: string): Iterable<string> {
    return this.#itemsOfPhase.get(phaseId) ?? [];
  }

  /** Tasks or issues of a project, in the order they were entered. */
  itemsOfProject(projectId: string, kind: WorkItemRecord['kind']): WorkItemRecord[] {
    const ids = this.#itemsOfProject.get(projectId) ?? [];
    return Array.from(ids, (id) => this.item(id)).filter((item) => item.kind === kind);
  }

  /** Adds the task or issue, or puts it in the place of what had its id. */
  putItem(item: WorkItemRecord): void {
    this.#leavePhase(item.id);
    this.items.set(item.id, item);
    addTo(this.#itemsOfProject, item.projectId, item.id);
    if (item.phaseId !== null) addTo(this.#itemsOfPhase, item.phaseId, item.id);
  }

  removeItem(id: string): void {
    this.#leavePhase(id);
    this.#itemsOfProject.get(this.items.get(id)?.projectId ?? '')?.delete(id);
    this.items.delete(id);
  }

  #leavePhase(itemId: string): void {
    const phaseId = this.items.get(itemId)?.phaseId ?? null;
    if (phaseId !== null) this.#itemsOfPhase.get(phaseId)?.delete(itemId);
  }

  /** @throws Refusal 404 */
  project(id: string): ProjectRecord {
    return found(this.projects.get(id), 'project');
  }

  /** @throws Refusal 404 */
  phase(id: string): PhaseRecord {
    return found(this.phases.get(id), 'phase');
  }

  /** @throws Refusal 404 */
  item(id: string): WorkItemRecord {
    return found(this.items.get(id), 'task');
  }

  /** @throws Refusal 404 */
  person(zpuid: string): PersonRecord {
    return found(this.people.get(zpuid), 'user');
  }
}

function addTo(index: Map<string, Set<string>>, key: string, id: string): void {
  const ids = index.get(key);
  if (ids === undefined) index.set(key, new Set([id]));
  else ids.add(id);
}

function found<T>(record: T | undefined, what: string): T {
  if (record === undefined) throw notFound(what);
  return record;
}
