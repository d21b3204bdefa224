import type { DatabaseSync } from 'node:sqlite';
import { SIDES, type Side } from '@stackbridge/shared-mappers/model/side.ts';
import { ACTION_ORDER } from '@stackbridge/shared-mappers/plan/action-order.ts';
import type { SubjectPlan } from '@stackbridge/shared-mappers/plan/subject-plan.ts';
import type { QueuedOperation } from '@stackbridge/shared-mappers/ports/scratch.ts';
import { integer, text } from '../store/row.ts';

/** The plan and the queue of its operations, in the meaning of ports/scratch.ts. */
export interface PlanQueue {
  add(plans: readonly SubjectPlan[]): void;
  page(after: number, limit: number): { readonly position: number; readonly plan: SubjectPlan }[];
  operations(side: Side, after: QueuedOperation | undefined, limit: number): QueuedOperation[];
  count(side: Side): number;
}

/** Operations stand once, in their plan; the queue names the plan and the place in it. */
export function planQueue(database: DatabaseSync): PlanQueue {
  database.exec(`
    CREATE TABLE plans (position INTEGER PRIMARY KEY, plan TEXT NOT NULL) STRICT;
    CREATE TABLE operations (
      side INTEGER NOT NULL,
      priority INTEGER NOT NULL,
      action INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      position INTEGER NOT NULL,
      place INTEGER NOT NULL,
      PRIMARY KEY (side, priority, action, seq)
    ) STRICT, WITHOUT ROWID`);
  const addPlan = database.prepare('INSERT INTO plans (position, plan) VALUES (?, ?)');
  const addOperation = database.prepare(
    'INSERT INTO operations (side, priority, action, seq, position, place) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const page = database.prepare(
    'SELECT position, plan FROM plans WHERE position > ? ORDER BY position LIMIT ?',
  );
  const operations = database.prepare(`
    SELECT priority, action, seq, place, plans.plan
    FROM operations CROSS JOIN plans ON plans.position = operations.position
    WHERE side = ? AND (priority, action, seq) > (?, ?, ?)
    ORDER BY priority, action, seq LIMIT ?`);

  const counts: Record<Side, number> = { left: 0, right: 0 };
  let position = 0;
  let seq = 0;

  return {
    add(plans) {
      for (const plan of plans) {
        addPlan.run(++position, JSON.stringify(plan));
        plan.operations.forEach((operation, place) => {
          const { side, priority, action } = operation;
          counts[side]++;
          addOperation.run(
            SIDES.indexOf(side),
            priority,
            ACTION_ORDER.indexOf(action),
            ++seq,
            position,
            place,
          );
        });
      }
    },

    page: (after, limit) =>
      page
        .all(after, limit)
        .map((row) => ({ position: integer(row, 'position'), plan: toPlan(text(row, 'plan')) })),

    operations(side, after, limit) {
      const { operation, seq: last = 0 } = after ?? {};
      const found: QueuedOperation[] = [];
      const rows = operations.iterate(
        SIDES.indexOf(side),
        operation?.priority ?? 0,
        operation === undefined ? -1 : ACTION_ORDER.indexOf(operation.action),
        last,
        limit,
      );
      for (const row of rows) {
        const plan = toPlan(text(row, 'plan'));
        const next = plan.operations[integer(row, 'place')];
        if (next === undefined) throw new RangeError('The queue names an operation its plan does not have');
        const first = found[0]?.operation;
        if (first !== undefined && (first.priority !== next.priority || first.action !== next.action)) break;
        found.push({ seq: integer(row, 'seq'), subject: plan.subject, operation: next });
      }
      return found;
    },

    count: (side) => counts[side],
  };
}

/** What this run wrote itself, so its shape needs no second look. */
function toPlan(json: string): SubjectPlan {
  return JSON.parse(json);
}
