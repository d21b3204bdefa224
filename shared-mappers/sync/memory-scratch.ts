import { SIDES, type Side } from '../model/side.ts';
import { ACTION_ORDER } from '../plan/action-order.ts';
import type { SubjectPlan } from '../plan/subject-plan.ts';
import type { QueuedOperation, Scratch, StagedRecord } from '../ports/scratch.ts';

interface Entry {
  readonly staged: StagedRecord;
  taken: boolean;
}

/**
 * The working space of a run on the heap: for hosts without a disk and runs of up to some ten thousand records.
 */
export function memoryScratch(): Scratch & { dispose(): Promise<void> } {
  /** By side and id, in the order of staging. */
  const entries = new Map<string, Entry>();
  const counts: Record<Side, number> = { left: 0, right: 0 };
  const planned: SubjectPlan[] = [];
  const queues: Record<Side, QueuedOperation[]> = { left: [], right: [] };
  const sorted: Record<Side, boolean> = { left: true, right: true };
  let seq = 0;

  const waiting = (): Entry[] => [...entries.values()].filter((entry) => !entry.taken);

  /** The first `limit` groups of waiting records by the text that `by` finds for them. */
  const takeGroups = (
    by: (staged: StagedRecord) => string | undefined,
    fits: (group: readonly Entry[]) => boolean,
    limit: number,
  ): StagedRecord[][] => {
    const groups = Map.groupBy(waiting(), (entry) => by(entry.staged));
    groups.delete(undefined);
    const page = [...groups.values()].filter(fits).slice(0, limit);
    return page.map((group) => SIDES.flatMap((side) => group.filter(isOn(side)).map(take)));
  };

  return {
    async stage(records) {
      for (const staged of records) {
        const name = nameOf(staged.side, staged.record.id);
        if (!entries.has(name)) counts[staged.side]++;
        entries.set(name, { staged, taken: false });
      }
    },

    countStaged: async (side) => counts[side],
    staged: async (side, ids) => new Set(ids.filter((id) => entries.has(nameOf(side, id)))),

    takeLinked: async (limit) =>
      takeGroups(
        (staged) => staged.subject,
        () => true,
        limit,
      ),

    takeMatching: async (key, bothSides, limit) =>
      takeGroups(
        ({ subject, keys }) => (subject === undefined ? keys[key] || undefined : undefined),
        (group) => !bothSides || new Set(group.map((entry) => entry.staged.side)).size === 2,
        limit,
      ),

    takeRest: async (limit) => waiting().slice(0, limit).map(take),

    async addPlans(plans) {
      for (const plan of plans) {
        planned.push(plan);
        for (const operation of plan.operations) {
          queues[operation.side].push({ seq: ++seq, subject: plan.subject, operation });
          sorted[operation.side] = false;
        }
      }
    },

    plans: async (after, limit) =>
      planned.slice(after, after + limit).map((plan, i) => ({ position: after + i + 1, plan })),

    async operations(side, after, limit) {
      const queue = queues[side];
      if (!sorted[side]) queue.sort(inOrder);
      sorted[side] = true;
      const start = after === undefined ? 0 : queue.findIndex((queued) => inOrder(queued, after) > 0);
      const first = start < 0 ? undefined : queue[start]?.operation;
      if (first === undefined) return [];
      const page = queue.slice(start, start + limit);
      const end = page.findIndex(
        ({ operation }) => operation.priority !== first.priority || operation.action !== first.action,
      );
      return end < 0 ? page : page.slice(0, end);
    },

    countOperations: async (side) => queues[side].length,

    async dispose() {
      entries.clear();
      planned.length = 0;
      for (const side of SIDES) queues[side].length = 0;
    },
  };
}

function nameOf(side: Side, id: string): string {
  return `${side}:${id}`;
}

function isOn(side: Side): (entry: Entry) => boolean {
  return ({ staged }) => staged.side === side;
}

function take(entry: Entry): StagedRecord {
  entry.taken = true;
  return entry.staged;
}

function inOrder(a: QueuedOperation, b: QueuedOperation): number {
  return (
    a.operation.priority - b.operation.priority ||
    ACTION_ORDER.indexOf(a.operation.action) - ACTION_ORDER.indexOf(b.operation.action) ||
    a.seq - b.seq
  );
}
