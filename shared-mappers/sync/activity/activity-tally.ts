import type { Counts } from '../../model/run-summary.ts';
import type { PersonPlan } from '../../plan/activity/person-plan.ts';

/** Keeps account of every event: what was planned, what became of it. */
export class ActivityTally {
  applied = 0;
  unchanged = 0;
  failed = 0;
  /** Events of campaigns whose reports wait unread, as those count them. */
  held = 0;
  /** Events planned and not yet answered. */
  pending = 0;
  /** Records to write, by kind. */
  readonly planned = { creates: 0, updates: 0, leads: 0, followUps: 0, owners: 0 };
  readonly excluded = new Map<string, number>();

  add({ events, writes }: PersonPlan): void {
    for (const { outcome, because = '' } of events) {
      if (outcome === 'apply') this.pending++;
      else if (outcome === 'unchanged') this.unchanged++;
      else if (outcome === 'parked') this.failed++;
      else this.excluded.set(because, (this.excluded.get(because) ?? 0) + 1);
    }
    for (const { step, id, payload } of writes) {
      if (id === undefined) this.planned.creates++;
      else this.planned.updates++;
      if (step === 'lead') this.planned.leads++;
      if (step === 'follow-up') this.planned.followUps++;
      if (step === 'person' && 'OwnerId' in payload) this.planned.owners++;
    }
  }

  settle(as: 'applied' | 'failed'): void {
    this.pending--;
    this[as]++;
  }

  counts(): Counts {
    let excluded = 0;
    for (const count of this.excluded.values()) excluded += count;
    const { applied, unchanged, failed, held } = this;
    return { applied, unchanged, excluded, conflicts: 0, failed: failed + held };
  }
}
