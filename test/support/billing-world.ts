import type { HeldDocument, LineSource } from '@stackbridge/shared-mappers/model/billing/document.ts';
import type {
  Expense,
  Milestone,
  Project,
  TimeLog,
} from '@stackbridge/shared-mappers/model/billing/project-work.ts';
import { fingerprintKey } from '@stackbridge/shared-mappers/model/fingerprint.ts';
import { assignWork } from '@stackbridge/shared-mappers/plan/billing/assign-work.ts';
import type { BillingDecision } from '@stackbridge/shared-mappers/plan/billing/decision.ts';
import { numbersToLookUp } from '@stackbridge/shared-mappers/plan/billing/document-number.ts';
import type { DocumentPlan, PlannedWrite } from '@stackbridge/shared-mappers/plan/billing/document-plan.ts';
import {
  INVOICE_TEXTS,
  type InvoiceOptions,
} from '@stackbridge/shared-mappers/plan/billing/invoice-options.ts';
import { confirmationOf } from '@stackbridge/shared-mappers/plan/billing/ledger-changes.ts';
import type { InvoiceContext } from '@stackbridge/shared-mappers/plan/billing/milestone-facts.ts';
import {
  firstNumberOf,
  planMilestoneInvoice,
} from '@stackbridge/shared-mappers/plan/billing/plan-milestone-invoice.ts';
import { ACCOUNT_MAP, CHART } from './billing-chart.ts';
import { MemoryLedger } from './billing-ledger.ts';
import { SimulatedAccounts } from './simulated-accounts.ts';

export const INVOICE_OPTIONS: InvoiceOptions = {
  bill: { time: true, expenses: true, fixed: 'on-top' },
  approval: 'required',
  cutOver: '2026-01-01',
  groupBy: 'task',
  markUp: '10',
  lineAmounts: 'exclusive',
  status: 'draft',
  dated: 'closed',
  due: { days: 14 },
  numberPrefix: 'ZP',
  texts: INVOICE_TEXTS,
};

export const PROJECT: Project = {
  id: '4000000000000000001',
  name: 'Harbour Bridge',
  key: 'HB-1',
  customerId: 'c1',
  customerName: 'City of Sydney',
  currency: 'AUD',
};

export function milestone(id: string, changes: Partial<Milestone> = {}): Milestone {
  return {
    id,
    projectId: PROJECT.id,
    name: `Phase ${id}`,
    closed: true,
    closedOn: '2026-03-31',
    ...changes,
  };
}

export function timeLog(id: string, changes: Partial<TimeLog> = {}): TimeLog {
  return {
    id,
    projectId: PROJECT.id,
    milestoneId: 'm1',
    taskId: 't1',
    taskName: 'Design',
    personId: 'p1',
    personName: 'Ada Lovelace',
    personEmail: 'ada@example.test',
    date: '2026-03-02',
    minutes: 60,
    billable: true,
    approval: 'approved',
    notes: '',
    ...changes,
  };
}

export function expense(id: string, changes: Partial<Expense> = {}): Expense {
  return {
    id,
    projectId: PROJECT.id,
    date: '2026-03-05',
    category: 'Travel',
    description: 'Train',
    reference: `R-${id}`,
    currency: 'AUD',
    total: '110.00',
    totalWithoutTax: '100.00',
    billable: true,
    ...changes,
  };
}

/** To plan a document of which nobody remembers anything. */
export const NOTHING_KNOWN = { entries: [], memories: [], held: [], decisions: [] };

/** How a run may end badly. */
export type Mishap = 'crash-before-send' | 'landed-without-answer' | 'refused';

/** Projects, accounts and ledger, and runs over them with mishaps at any write. */
export class BillingWorld {
  readonly accounts = new SimulatedAccounts();
  readonly ledger = new MemoryLedger();
  readonly logs = new Map<string, TimeLog>();
  readonly expenses = new Map<string, Expense>();
  readonly milestones = new Map<string, Milestone>();
  options: InvoiceOptions;
  today = '2026-04-01';
  chart = CHART;
  #decisions = new Map<string, BillingDecision>();
  #now = 0;

  constructor(options: Partial<InvoiceOptions> = {}) {
    this.options = { ...INVOICE_OPTIONS, ...options };
  }

  get context(): InvoiceContext {
    return {
      scope: 'org',
      recipe: 'invoices',
      map: ACCOUNT_MAP,
      chart: this.chart,
      key: fingerprintKey('000102030405060708090a0b0c0d0e0f'),
      today: this.today,
      now: this.#now,
      options: this.options,
    };
  }

  put(...items: readonly (TimeLog | Milestone)[]): void {
    for (const item of items) {
      if ('minutes' in item) this.logs.set(item.id, item);
      else this.milestones.set(item.id, item);
    }
  }

  decide(decision: BillingDecision): void {
    this.#decisions.set(decision.documentNumber, decision);
  }

  /** Plans every milestone as things stand, writing nothing. */
  plan(): DocumentPlan[] {
    const entries = this.ledger.entries();
    const { work } = assignWork(
      {
        projects: [PROJECT],
        milestones: [...this.milestones.values()],
        logs: [...this.logs.values()],
        expenses: [...this.expenses.values()],
      },
      entries,
      'invoices',
    );
    return work.map((part) => {
      const memories = this.ledger.memories(part.milestone.id);
      const known = [
        ...memories.map(({ number }) => number),
        ...entries
          .filter(({ subject }) => subject === part.milestone.id)
          .map(({ documentNumber }) => documentNumber),
      ];
      const numbers = numbersToLookUp(firstNumberOf(part.milestone.id, this.options), known);
      const held = numbers.map((number) => this.accounts.held(number)).filter((found) => found !== undefined);
      const decisions = [...this.#decisions.values()];
      const state = { entries, memories, held, decisions };
      return planMilestoneInvoice(part, { id: 'contact-1' }, state, this.context);
    });
  }

  /** One run; the mishap strikes its first write. */
  run(mishap?: Mishap): DocumentPlan[] {
    this.#now += 1;
    const plans = this.plan();
    let next = mishap;
    for (const plan of plans) {
      this.ledger.commit([...plan.remember, ...(plan.write?.intent ?? [])]);
      for (const number of plan.decided) this.#decisions.delete(number);
      if (plan.write === undefined) {
        this.#restate(plan);
        continue;
      }
      const strikes = next;
      next = undefined;
      if (strikes === 'crash-before-send') return plans;
      if (strikes === 'refused') {
        this.ledger.commit(plan.write.withdrawal);
        continue;
      }
      const answer = this.#send(plan.write);
      if (strikes === 'landed-without-answer') return plans;
      if (answer === 'refused') this.ledger.commit(plan.write.withdrawal);
      else this.ledger.commit(confirmationOf(plan.write, answer, this.context));
    }
    return plans;
  }

  /** Runs while a person answers whatever is asked; undefined when no end is in sight. */
  settle(): DocumentPlan[] | undefined {
    for (let round = 0; round < 12; round += 1) {
      const plans = this.run();
      if (plans.every(({ outcome }) => outcome === 'leave' || outcome === 'excluded')) return plans;
      this.answerAll(plans);
    }
    return undefined;
  }

  /** A person gives every question the first answer it allows, and does by hand what that says. */
  answerAll(plans: readonly DocumentPlan[]): void {
    for (const { documentNumber, code, answers, difference, key } of plans.flatMap(
      ({ proposals }) => proposals,
    )) {
      if (code === 'DOCUMENT_EMPTY') this.accounts.act(documentNumber, 'delete');
      const [answer] = answers;
      if (answer === undefined) continue;
      if (answer === 'settled') this.accounts.settle(documentNumber, difference);
      this.decide({ documentNumber, answer, of: key });
    }
  }

  /** Where a plan without a write changes nothing but whose work an unchanged draft bills. */
  #restate({ outcome, remember, decided }: DocumentPlan): void {
    const entries = remember.flatMap((change) => (change.kind === 'entry' ? [change.entry] : []));
    const [first] = entries;
    const isAnswer = decided.length > 0 || remember.some(({ kind }) => kind === 'document');
    if (outcome !== 'leave' || first === undefined || isAnswer) return;
    this.accounts.restate(
      first.documentNumber,
      entries.map(({ source }) => source),
    );
  }

  #send(write: PlannedWrite): HeldDocument | 'refused' {
    return write.action === 'create'
      ? this.accounts.create(write.document)
      : this.accounts.update(write.id, write.document);
  }
}

/** What sources come to, by kind and id, in hundredths: of a minute, of the currency. Exact, by whole numbers. */
export function sums(sources: readonly LineSource[]): Record<string, number> {
  const totals: Record<string, number> = {};
  for (const source of sources) {
    const key = `${source.kind} ${source.id}`;
    const part = source.kind === 'time-log' ? source.minutes * 100 : hundredths(source.amount);
    totals[key] = (totals[key] ?? 0) + part;
  }
  return Object.fromEntries(Object.entries(totals).filter(([, total]) => total !== 0));
}

function hundredths(amount: string): number {
  const [, sign = '', whole = '0', part = ''] = /^(-?)(\d+)(?:\.(\d{1,2})0*)?$/.exec(amount) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(whole) * 100 + Number(part.padEnd(2, '0')));
}

/** What each milestone comes to as things stand. */
export function outcomes(world: BillingWorld): unknown[] {
  return world.plan().map(({ outcome, write, proposals, issues }) => ({
    outcome,
    ...(write === undefined ? {} : { number: write.document.number, total: write.document.total }),
    codes: [...proposals, ...issues].map(({ code }) => code),
  }));
}

/** A closed milestone, and time on it. */
export function worldWith(...logs: readonly TimeLog[]): BillingWorld {
  const world = new BillingWorld();
  world.put(milestone('m1'), ...logs);
  return world;
}
