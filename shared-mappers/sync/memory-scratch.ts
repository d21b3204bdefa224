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
  const entries: Record<Side, Map<string, Entry>> = { left: new Map(), right: new Map() };
  const planned: SubjectPlan[] = [];
  const queues: Record<Side, QueuedOperation[]> = { left: [], right: [] };
  const sorted: Record<Side, boolean> = { left: true, right: true };
  let seq = 0;

  function* waiting(): Generator<Entry> {
    for (const side of [entries.left, entries.right])
      for (const entry of side.values()) if (!entry.taken) yield entry;
  }

  /** The first `limit` groups of waiting records by the text that `by` finds for them, in the order of that text. */
  const takeGroups = (
    by: (staged: StagedRecord) => string | undefined,
    fits: (group: readonly Entry[]) => boolean,
    limit: number,
  ): StagedRecord[][] => {
    const groups = new Map<string, Entry[]>();
    for (const entry of waiting()) {
      const value = by(entry.staged);
      if (value === undefined) continue;
      const group = groups.get(value);
      if (group === undefined) groups.set(value, [entry]);
      else group.push(entry);
    }
    const page = [...groups]
      .filter(([, group]) => fits(group))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .slice(0, limit);
    return page.map(([, group]) => group.map(take));
  };

  return {
    async stage(records) {
      for (const staged of records) entries[staged.side].set(staged.record.id, { staged, taken: false });
    },

    countStaged: async (side) => entries[side].size,
    staged: async (side, ids) => new Set(ids.filter((id) => entries[side].has(id))),

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

    takeRest: async (limit) => [...waiting().take(limit)].map(take),

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
      for (const side of SIDES) {
        entries[side].clear();
        queues[side].length = 0;
      }
      planned.length = 0;
    },
  };
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
