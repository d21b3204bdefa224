import type { Counts } from '../../model/run-summary.ts';
import type { PlannedSubject } from './billing-job.ts';

/** Keeps account of every subject: what was planned, what became of it. */
export class BillingTally {
  applied = 0;
  unchanged = 0;
  conflicts = 0;
  failed = 0;
  /** Subjects with something to write that is not answered yet. */
  pending = 0;
  readonly planned = { creates: 0, updates: 0, deletes: 0, followUps: 0 };
  readonly excluded = new Map<string, number>();

  constructor(planned: readonly PlannedSubject[]) {
    for (const { plan, because, followUps = [] } of planned) {
      if (plan.write !== undefined) this.planned[`${plan.write.action}s`]++;
      this.planned.followUps += followUps.length;
      if (plan.write !== undefined || followUps.length > 0) this.pending++;
      else if (plan.outcome === 'parked') this.failed++;
      else if (plan.outcome === 'propose') this.conflicts++;
      else if (plan.outcome === 'excluded') this.#exclude(because ?? 'nothing is due');
      else this.unchanged++;
    }
  }

  /** Everything planned for a subject was answered. */
  settle(as: 'applied' | 'failed' | 'conflicts'): void {
    this.pending--;
    this[as]++;
  }

  counts(): Counts {
    let excluded = 0;
    for (const count of this.excluded.values()) excluded += count;
    const { applied, unchanged, conflicts, failed } = this;
    return { applied, unchanged, excluded, conflicts, failed };
  }

  #exclude(reason: string): void {
    this.excluded.set(reason, (this.excluded.get(reason) ?? 0) + 1);
  }
}
