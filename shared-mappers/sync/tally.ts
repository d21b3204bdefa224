import type { Counts } from '../model/run-summary.ts';
import type { Operation } from '../plan/operation.ts';
import type { SubjectPlan } from '../plan/subject-plan.ts';

/** Keeps account of every subject: what was planned, what became of it. */
export class Tally {
  unchanged = 0;
  applied = 0;
  conflicts = 0;
  failed = 0;
  readonly excluded = new Map<string, number>();
  /** Subjects with operations that have neither succeeded nor failed yet. */
  pending = 0;

  readonly planned = { creates: 0, updates: 0, renames: 0, optOuts: 0, archives: 0, restores: 0 };
  deletes = 0;
  overwrites = 0;
  matched = 0;

  /** Open operations of subjects that have more than one. */
  readonly #open = new Map<string, number>();
  readonly #spoilt = new Set<string>();

  addPlan(plan: SubjectPlan): void {
    switch (plan.outcome) {
      case 'unchanged':
        this.unchanged++;
        break;
      case 'excluded':
        this.exclude(plan.excludedBecause ?? '');
        break;
      case 'conflict':
        this.conflicts++;
        break;
      case 'failed':
        this.failed++;
        break;
      case 'apply':
        this.pending++;
        break;
    }
    if (plan.subject.rightId !== undefined && plan.subject.leftId !== undefined) this.matched++;
    if (plan.operations.length > 1) this.#open.set(plan.subject.key, plan.operations.length);
    if (plan.outcome !== 'apply' && plan.operations.length > 0) this.#spoilt.add(plan.subject.key);
    let overwrites = false;
    for (const operation of plan.operations) {
      this.#countAction(operation);
      if (operation.changes.some((change) => change.reason === 'deleted') || operation.action === 'archive')
        this.deletes++;
      if (operation.action !== 'create' && operation.changes.some(replaces)) overwrites = true;
    }
    if (overwrites) this.overwrites++;
  }

  exclude(reason: string): void {
    this.excluded.set(reason, (this.excluded.get(reason) ?? 0) + 1);
  }

  /** One operation of the subject succeeded; true when it was the last one and none failed. */
  operationDone(subject: string): void {
    if (this.#isLast(subject) && !this.#spoilt.has(subject)) this.#settle(() => this.applied++);
  }

  /** One operation of the subject did not succeed; counted once, as what it first came to. */
  operationNotDone(subject: string, as: 'failed' | 'conflict' | { readonly excluded: string }): void {
    this.#isLast(subject);
    if (this.#spoilt.has(subject)) return;
    this.#spoilt.add(subject);
    this.#settle(() => {
      if (as === 'failed') this.failed++;
      else if (as === 'conflict') this.conflicts++;
      else this.exclude(as.excluded);
    });
  }

  /** The subject is planned once more in this run, and counted then. */
  withdraw(subject: string): void {
    this.#isLast(subject);
    if (this.#spoilt.has(subject)) return;
    this.#spoilt.add(subject);
    this.pending--;
  }

  counts(): Counts {
    let excluded = 0;
    for (const count of this.excluded.values()) excluded += count;
    const { applied, unchanged, conflicts, failed } = this;
    return { applied, unchanged, excluded, conflicts, failed };
  }

  #isLast(subject: string): boolean {
    const open = this.#open.get(subject);
    if (open === undefined) return true;
    if (open > 1) this.#open.set(subject, open - 1);
    else this.#open.delete(subject);
    return open === 1;
  }

  #settle(count: () => void): void {
    this.pending--;
    count();
  }

  #countAction(operation: Operation): void {
    const counter = (
      {
        create: 'creates',
        update: 'updates',
        rename: 'renames',
        'opt-out': 'optOuts',
        'ask-again': 'updates',
        archive: 'archives',
        restore: 'restores',
      } as const
    )[operation.action];
    this.planned[counter]++;
  }
}

/** A first contact fills gaps and an opt-out is no loss; only replacing something that stood there counts. */
function replaces(change: Operation['changes'][number]): boolean {
  return change.rule >= 0 && change.from !== '' && change.reason !== 'decision';
}
