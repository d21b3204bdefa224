import type { StackbridgeError } from '../../errors/stackbridge-error.ts';
import type { DeliveredEvent } from '../../model/activity.ts';
import { ACTIVITY_STEPS, type ActivityStep, type PersonPlan } from '../../plan/activity/person-plan.ts';
import { subjectOf } from '../../plan/activity/plan-person.ts';
import type { WriteResult } from '../../ports/connector.ts';
import type { StoreChange } from '../../ports/store.ts';
import type { LeaseGuard } from '../lease-guard.ts';
import type { ActivityPorts } from './activity-job.ts';
import { subjectOfRecord } from './look-at-parked.ts';
import { parkFailure, parkUnknown, unpark } from './park-activity.ts';
import type { PlannedActivity } from './plan-activity.ts';
import { type ReadyWrite, sendWrites } from './send-writes.ts';

/** What the writing part of a run works with. */
export interface ActivityDesk {
  readonly planned: PlannedActivity;
  readonly ports: ActivityPorts;
  readonly guard: LeaseGuard;
  readonly writes: { salesforce: number };
  /** Ids of the campaigns' records, by Mailchimp's. */
  readonly campaignIds: ReadonlyMap<string, string>;
}

/** An event under way. */
interface Open {
  readonly plan: PersonPlan;
  readonly event: PersonPlan['events'][number]['event'];
  /** Writes not yet answered. */
  left: number;
  error?: StackbridgeError;
}

interface Failure {
  readonly plan: PersonPlan;
  readonly error: StackbridgeError;
  readonly kinds: Set<string>;
}

/**
 * Carries out the plans of some people, step by step, in batches over all of them. An event is remembered as delivered in
 * the moment its last write is answered; what failed is parked under its member and campaign.
 */
export async function writePeople(plans: readonly PersonPlan[], desk: ActivityDesk): Promise<void> {
  const writing = new PeopleInWriting(plans, desk);
  for (const step of ACTIVITY_STEPS) await writing.send(step);
  await writing.finish();
}

class PeopleInWriting {
  readonly #plans: readonly PersonPlan[];
  readonly #desk: ActivityDesk;
  readonly #open = new Map<string, Open>();
  /** Ids of people's records; new leads get theirs when they are created. */
  readonly #ids = new Map<PersonPlan, string>();
  /** Plans whose own record could not be written. */
  readonly #failed = new Map<PersonPlan, StackbridgeError>();

  constructor(plans: readonly PersonPlan[], desk: ActivityDesk) {
    this.#plans = plans;
    this.#desk = desk;
    for (const plan of plans) {
      if (plan.person.recordId !== undefined) this.#ids.set(plan, plan.person.recordId);
      for (const { event, outcome } of plan.events) {
        if (outcome === 'apply') this.#open.set(event.key, { plan, event, left: 0 });
      }
      for (const { events } of plan.writes) {
        for (const key of events) {
          const open = this.#open.get(key);
          if (open !== undefined) open.left++;
        }
      }
    }
  }

  async send(step: ActivityStep): Promise<void> {
    const { ports, guard, campaignIds } = this.#desk;
    const ready: ReadyWrite[] = [];
    for (const plan of this.#plans) {
      for (const write of plan.writes) {
        if (write.step !== step) continue;
        const personId = this.#ids.get(plan) ?? '';
        if (step !== 'lead' && personId === '') continue;
        const campaignId = write.campaign === undefined ? undefined : campaignIds.get(write.campaign.id);
        // An update of a lead that this very run has made.
        const own = step === 'person' && write.id === undefined ? { ...write, id: personId } : write;
        ready.push({ plan, write: own, personId, campaignId });
      }
    }
    if (ready.length === 0) return;
    await sendWrites(
      step,
      ready,
      ports,
      (batch, results) => this.#settle(step, batch, results),
      () => guard.hold(),
    );
  }

  async #settle(
    step: ActivityStep,
    batch: readonly ReadyWrite[],
    results: readonly WriteResult[],
  ): Promise<void> {
    const changes: StoreChange[] = [];
    const delivered: DeliveredEvent[] = [];
    for (const [at, one] of batch.entries()) {
      const result = results[at];
      if (result === undefined) continue;
      if (result.outcome === 'written') {
        this.#desk.writes.salesforce++;
        if (step === 'lead') this.#ids.set(one.plan, result.id);
        changes.push(this.#audited(one, result.id));
      } else if (one.write.events.length === 0) this.#failed.set(one.plan, result.error);
      for (const key of one.write.events) {
        const open = this.#open.get(key);
        if (open === undefined) continue;
        open.left--;
        if (result.outcome !== 'written') open.error ??= result.error;
        if (open.left === 0 && open.error === undefined) delivered.push(this.#delivered(open));
      }
    }
    await this.#commit(delivered, changes);
    this.#desk.ports.progress.advance('write-left', batch.length);
  }

  /** What no write carries is delivered with the person's record; then everything that failed is parked. */
  async finish(): Promise<void> {
    const { planned } = this.#desk;
    const delivered: DeliveredEvent[] = [];
    const failures = new Map<string, Failure>();
    for (const open of [...this.#open.values()]) {
      const { plan, event } = open;
      const error = open.error ?? this.#failureOf(plan);
      if (error === undefined) {
        delivered.push(this.#delivered(open));
        continue;
      }
      planned.tally.settle('failed');
      const key = subjectOf(event);
      const failure = failures.get(key) ?? { plan, error, kinds: new Set<string>() };
      failure.kinds.add(event.kind);
      failures.set(key, failure);
    }
    const changes = [...failures].map(([key, { plan, error, kinds }]) =>
      parkFailure({ key, plan, recordId: this.#ids.get(plan) }, error, [...kinds], planned),
    );
    for (const plan of this.#plans) {
      changes.push(...this.#settleSubjects(plan, failures));
      const recordId = this.#ids.get(plan);
      if (recordId !== undefined) changes.push(...this.#settleRecord(plan, recordId, delivered));
    }
    await this.#commit(delivered, changes);
  }

  /** Where there is no record to write to, or where the person's record alone carries the event. */
  #failureOf(plan: PersonPlan): StackbridgeError | undefined {
    const isCarried = plan.writes.some(({ events }) => events.length > 0);
    return this.#ids.has(plan) && isCarried ? undefined : this.#failed.get(plan);
  }

  /** Follow-ups that were made are remembered, a record that could not be updated is parked. */
  #settleRecord(plan: PersonPlan, recordId: string, delivered: DeliveredEvent[]): StoreChange[] {
    const { planned } = this.#desk;
    const key = subjectOfRecord(recordId);
    const error = this.#failed.get(plan);
    if (error !== undefined) return [parkFailure({ key, plan, recordId }, error, [], planned)];
    for (const { key: followUp } of plan.followUps) {
      const at = planned.now;
      delivered.push({ key: followUp, kind: 'follow-up', campaignId: '', recordId, machine: false, at });
    }
    return planned.parked.has(key) ? [unpark(key, planned)] : [];
  }

  #settleSubjects(plan: PersonPlan, failures: ReadonlyMap<string, Failure>): StoreChange[] {
    const { planned } = this.#desk;
    const { issue } = plan;
    const changes: StoreChange[] = [];
    const bySubject = Map.groupBy(plan.events, ({ event }) => subjectOf(event));
    for (const [key, events] of bySubject) {
      const left = events.filter(({ outcome }) => outcome === 'parked').map(({ event }) => event.kind);
      if (issue !== undefined && left.length > 0) {
        changes.push(parkUnknown({ key, plan, recordId: undefined }, issue, left, planned));
      } else if (planned.reread.has(key) && !failures.has(key)) changes.push(unpark(key, planned));
    }
    return changes;
  }

  #audited({ write, personId }: ReadyWrite, recordId: string): StoreChange {
    const { planned, ports } = this.#desk;
    const { runId, job, now: at } = planned;
    const subject = personId === '' ? recordId : personId;
    return {
      kind: 'audit',
      entry: {
        id: ports.random.id(),
        runId,
        recipe: job.recipe,
        at,
        scope: job.scope,
        subject,
        side: 'left',
        recordId,
        action: write.id === undefined ? 'create' : 'update',
        field: '',
        after: write.why,
        reason: write.id === undefined ? 'new-record' : 'changed',
      },
    };
  }

  #delivered({ plan, event }: Open): DeliveredEvent {
    this.#desk.planned.tally.settle('applied');
    this.#open.delete(event.key);
    const { key, kind, campaignId, machine, at } = event;
    return { key, kind, campaignId, recordId: this.#ids.get(plan) ?? '', machine, at };
  }

  #commit(delivered: readonly DeliveredEvent[], changes: readonly StoreChange[]): Promise<void> {
    const { ports, guard, planned } = this.#desk;
    if (delivered.length + changes.length === 0) return Promise.resolve();
    return ports.ledger.commitActivity(guard.lease, planned.job.recipe, delivered, changes);
  }
}
