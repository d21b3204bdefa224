import type { TimeLog } from '@stackbridge/shared-mappers/model/billing/project-work.ts';
import type { BillingDecision } from '@stackbridge/shared-mappers/plan/billing/decision.ts';
import { planTimeEntries } from '@stackbridge/shared-mappers/plan/billing/plan-time-entries.ts';
import type {
  TimeEntryPlan,
  TimeOptions,
  TimeWrite,
} from '@stackbridge/shared-mappers/plan/billing/time-facts.ts';
import { markedLog } from '@stackbridge/shared-mappers/plan/billing/time-mark.ts';
import { answeredChanges } from '@stackbridge/shared-mappers/plan/billing/time-plan.ts';
import type { AccountsUser, HeldTimeEntry } from '@stackbridge/shared-mappers/ports/xero-projects.ts';
import { type BillingWorld, type Mishap, PROJECT } from './billing-world.ts';

const OPTIONS: TimeOptions = {
  approval: 'required',
  cutOver: '2026-01-01',
  nonBillable: false,
  create: { projects: false, tasks: false },
  taskName: 'All',
  text: '{notes}',
};
const USERS: readonly AccountsUser[] = ['ada', 'grace'].map((name) => ({
  id: name,
  name,
  email: `${name}@example.test`,
}));

export type TimeDeed = 'lock' | 'invoice' | 'edit' | 'delete';

/** Xero Projects beside the invoices of a billing world: the same logs, the same ledger. */
export class TimeWorld {
  readonly offences: string[] = [];
  writes = 0;
  readonly #world: BillingWorld;
  readonly #entries = new Map<string, HeldTimeEntry>();
  readonly #touched = new Set<string>();
  readonly #decisions = new Map<string, BillingDecision>();
  #ids = 0;

  constructor(world: BillingWorld) {
    this.#world = world;
  }

  /** Minutes by log of every entry there is, those of one log added up. */
  minutes(): Record<string, number> {
    const sums: Record<string, number> = {};
    for (const { description, minutes } of this.#entries.values()) {
      const log = markedLog(description) ?? description;
      sums[log] = (sums[log] ?? 0) + minutes;
    }
    return sums;
  }

  /** Logs with more than one entry. */
  doubled(): string[] {
    const logs = [...this.#entries.values()].map(({ description }) => markedLog(description) ?? '');
    return logs.filter((log, at) => logs.indexOf(log) !== at);
  }

  act(turn: number, deed: TimeDeed): void {
    const ids = [...this.#entries.keys()];
    const id = ids[turn % Math.max(1, ids.length)];
    const entry = this.#entries.get(id ?? '');
    if (id === undefined || entry === undefined) return;
    if (deed === 'delete') this.#entries.delete(id);
    else if (deed === 'edit') {
      this.#touched.add(id);
      // More than any log has: an edit back to what stood before could not be told from a write that never landed.
      this.#entries.set(id, { ...entry, minutes: entry.minutes + 1000 });
    } else this.#entries.set(id, { ...entry, status: deed === 'lock' ? 'locked' : 'invoiced' });
  }

  plan(): TimeEntryPlan[] {
    const { ledger, logs, context } = this.#world;
    const ofProject: TimeLog[] = [...logs.values()];
    const held = [...this.#entries.values()];
    const ids = new Set([...logs.keys(), ...held.flatMap(({ description }) => markedLog(description) ?? [])]);
    const state = {
      projects: [{ id: 'xp', name: PROJECT.name, open: true }],
      tasks: [{ id: 'xt', projectId: 'xp', name: 'All', chargeType: 'time', open: true } as const],
      users: USERS,
      held,
      entries: ledger.entries(),
      memories: [...ids].flatMap((id) => ledger.memories(id).filter(({ recipe }) => recipe === 'time')),
      decisions: [...this.#decisions.values()],
    };
    const span = { from: '2025-01-01', to: '2026-12-31' };
    const time = { project: PROJECT, contact: { id: 'contact-1' }, logs: ofProject, span };
    return [...planTimeEntries([time], state, OPTIONS, { ...context, recipe: 'time' }).plans];
  }

  /** One run; the mishap strikes its first write. */
  run(mishap?: Mishap): void {
    const plans = this.plan();
    const { ledger } = this.#world;
    let next = mishap;
    for (const plan of plans) {
      ledger.commit([...plan.remember, ...(plan.write?.intent ?? [])]);
      for (const number of plan.decided) this.#decisions.delete(number);
      const { write } = plan;
      if (write === undefined) continue;
      const strikes = next;
      next = undefined;
      if (strikes === 'crash-before-send') return;
      if (strikes === 'refused') {
        if (write.action === 'create') ledger.commit(write.withdrawal);
        continue;
      }
      const id = this.#send(write);
      if (strikes === 'landed-without-answer') return;
      ledger.commit(answeredChanges(write, { id }));
    }
  }

  /** A person answers every question, with the first answer it allows. */
  answerAll(): void {
    for (const { documentNumber, answers, key } of this.plan().flatMap(({ proposals }) => proposals)) {
      const [answer] = answers;
      if (answer !== undefined) this.#decisions.set(documentNumber, { documentNumber, answer, of: key });
    }
  }

  #send(write: TimeWrite): string {
    this.writes += 1;
    if (write.action === 'create') return this.#enter(write.entry);
    const { id } = write.held;
    const entry = this.#entries.get(id);
    if (entry?.status !== 'active' || this.#touched.has(id)) this.offences.push(`${id} was written`);
    if (write.action === 'delete') this.#entries.delete(id);
    else this.#entries.set(id, { ...write.entry, id, status: 'active' });
    return id;
  }

  #enter(entry: Omit<HeldTimeEntry, 'id' | 'status'>): string {
    this.#ids += 1;
    const id = `entry-${this.#ids}`;
    this.#entries.set(id, { ...entry, id, status: 'active' });
    return id;
  }
}
