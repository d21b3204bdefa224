import type { TimeLogRecord } from './work-records.ts';

/** Selections kept: a client pages through one listing at a time, and a few at once. */
const MOST_KEPT = 32;

/** Which logs are asked for. */
export interface Selection {
  /** Absent: of all projects. */
  projectId?: string;
  module: TimeLogRecord['module'];
  /** One task or issue. */
  itemId?: string;
  /** First and last day, both included, `YYYY-MM-DD`. */
  from: string;
  to: string;
  /** Whether the days are those of the last change rather than of the work. */
  byModified: boolean;
}

/** Minutes logged on one task or issue. */
export interface Spent {
  billableMinutes: number;
  totalMinutes: number;
}

/** Logs in the order of their days, with what they add up to. */
export interface Selected extends Spent {
  logs: readonly TimeLogRecord[];
}

/** The portal's time logs, by id and by project. */
export class TimeLogStore {
  #byId = new Map<string, TimeLogRecord>();
  #byProject = new Map<string, Map<string, TimeLogRecord>>();
  #kept = new Map<string, Selected>();
  /** By task or issue; undefined after a change. */
  #spent: Map<string, Spent> | undefined;

  get size(): number {
    return this.#byId.size;
  }

  all(): MapIterator<TimeLogRecord> {
    return this.#byId.values();
  }

  find(id: string): TimeLogRecord | undefined {
    return this.#byId.get(id);
  }

  /** Adds the log, or puts it in the place of what had its id. */
  put(log: TimeLogRecord): void {
    const before = this.#byId.get(log.id);
    if (before !== undefined && before.projectId !== log.projectId) {
      this.#byProject.get(before.projectId)?.delete(log.id);
    }
    this.#byId.set(log.id, log);
    let logs = this.#byProject.get(log.projectId);
    if (logs === undefined) {
      logs = new Map();
      this.#byProject.set(log.projectId, logs);
    }
    logs.set(log.id, log);
    this.#forget();
  }

  remove(id: string): boolean {
    const log = this.#byId.get(id);
    if (log === undefined) return false;
    this.#byId.delete(id);
    this.#byProject.get(log.projectId)?.delete(id);
    this.#forget();
    return true;
  }

  clear(): void {
    this.#byId.clear();
    this.#byProject.clear();
    this.#forget();
  }

  spentOn(itemId: string): Spent {
    this.#spent ??= this.#addUp();
    return this.#spent.get(itemId) ?? { billableMinutes: 0, totalMinutes: 0 };
  }

  #addUp(): Map<string, Spent> {
    const spent = new Map<string, Spent>();
    for (const { itemId, minutes, isBillable } of this.#byId.values()) {
      if (itemId === null) continue;
      const sum = spent.get(itemId) ?? { billableMinutes: 0, totalMinutes: 0 };
      sum.totalMinutes += minutes;
      if (isBillable) sum.billableMinutes += minutes;
      spent.set(itemId, sum);
    }
    return spent;
  }

  #forget(): void {
    if (this.#kept.size > 0) this.#kept.clear();
    this.#spent = undefined;
  }

  select(selection: Selection): Selected {
    const key = JSON.stringify(selection);
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    const selected = this.#select(selection);
    if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
    this.#kept.set(key, selected);
    return selected;
  }

  #select({ projectId, module, itemId, from, to, byModified }: Selection): Selected {
    const source = projectId === undefined ? this.#byId : this.#byProject.get(projectId);
    const logs: TimeLogRecord[] = [];
    let billableMinutes = 0;
    let totalMinutes = 0;
    for (const log of source?.values() ?? []) {
      if (log.module !== module || (itemId !== undefined && log.itemId !== itemId)) continue;
      const day = byModified ? new Date(log.modifiedMs).toISOString().slice(0, 10) : log.date;
      if (day < from || day > to) continue;
      logs.push(log);
      totalMinutes += log.minutes;
      if (log.isBillable) billableMinutes += log.minutes;
    }
    logs.sort((one, other) => order(one.date, other.date) || order(one.id, other.id));
    return { logs, billableMinutes, totalMinutes };
  }
}

function order(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
