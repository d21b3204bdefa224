import type { Parked } from '../model/parked.ts';
import type { SubjectPlan } from '../plan/subject-plan.ts';
import type { Scratch } from '../ports/scratch.ts';
import type { StoreChange } from '../ports/store.ts';
import { parkIssue } from './dead-letter.ts';
import type { Desk } from './desk.ts';
import type { LeaseGuard } from './lease-guard.ts';

const PLANS_AT_ONCE = 500;

/**
 * Commits what the plan settles without any call: links and bases that both sides already agree on, conflicts and
 * failures for people to see, and that what was parked is settled. Returns the subjects that stay parked.
 */
export async function rememberPlan(scratch: Scratch, guard: LeaseGuard, desk: Desk): Promise<Set<string>> {
  const stillParked = new Set<string>();
  let position = 0;
  for (;;) {
    const page = await scratch.plans(position, PLANS_AT_ONCE);
    const last = page.at(-1);
    if (last === undefined) return stillParked;
    position = last.position;
    const changes: StoreChange[] = [];
    for (const { plan } of page) {
      changes.push(...plan.remember);
      if (plan.issues.length > 0) {
        stillParked.add(plan.subject.key);
        changes.push(...park(plan, desk));
      } else if (plan.operations.length === 0) {
        changes.push(...unpark(plan, desk));
      }
    }
    if (changes.length > 0) {
      await guard.hold();
      await desk.ports.store.commit(guard.lease, changes);
    }
  }
}

/** One row a subject and kind: what concerns the same subject is told together. */
function park(plan: SubjectPlan, { job, ports, parked }: Desk): StoreChange[] {
  const before = parked.get(plan.subject.key) ?? [];
  const where = {
    scope: job.scope,
    recipe: job.recipe,
    subject: plan.subject,
    now: ports.clock.now(),
    before,
  };
  const byKind = new Map<Parked['kind'], Parked>();
  for (const issue of plan.issues) {
    const one = parkIssue(issue, where);
    const other = byKind.get(one.kind);
    byKind.set(
      one.kind,
      other === undefined
        ? one
        : { ...other, fields: [...other.fields, ...one.fields], message: `${other.message}; ${one.message}` },
    );
  }
  const settled = before.filter((row) => !byKind.has(row.kind) && row.kind !== 'terminal');
  return [
    ...settled.map(
      ({ kind, scope, recipe, subject }) => ({ kind: 'unpark', scope, recipe, subject, only: kind }) as const,
    ),
    ...[...byKind.values()].map((row) => ({ kind: 'park', parked: row }) as const),
  ];
}

function unpark({ subject, outcome }: SubjectPlan, { job, parked }: Desk): StoreChange[] {
  const keys = [subject.key, `left:${subject.leftId ?? ''}`];
  return keys.flatMap((key) =>
    (parked.get(key) ?? [])
      .filter((row) => row.kind !== 'terminal' || outcome === 'unchanged')
      .map(
        (row) =>
          ({ kind: 'unpark', scope: job.scope, recipe: job.recipe, subject: key, only: row.kind }) as const,
      ),
  );
}
