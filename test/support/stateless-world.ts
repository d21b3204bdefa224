import { expect } from '@jest/globals';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { HeldDocument } from '@stackbridge/shared-mappers/model/billing/document.ts';
import type { Expense, Milestone, TimeLog } from '@stackbridge/shared-mappers/model/billing/project-work.ts';
import type { InvoiceOptions } from '@stackbridge/shared-mappers/plan/billing/invoice-options.ts';
import { contactNumber } from '@stackbridge/shared-mappers/plan/billing/match-contact.ts';
import type {
  AccountingTarget,
  DocumentResult,
  DocumentWrite,
} from '@stackbridge/shared-mappers/ports/accounting-target.ts';
import type { BooksSource, ProjectSource } from '@stackbridge/shared-mappers/ports/billing-source.ts';
import type { BillingJob } from '@stackbridge/shared-mappers/sync/billing/billing-job.ts';
import { documentJob } from '@stackbridge/shared-mappers/sync/billing/document-job.ts';
import { readExpenses } from '@stackbridge/shared-mappers/sync/billing/expense-subjects.ts';
import { readMilestones } from '@stackbridge/shared-mappers/sync/billing/milestone-subjects.ts';
import {
  type BillingExecution,
  type BillingRequest,
  billWithoutStore,
} from '@stackbridge/shared-mappers/sync/stateless/billing/bill-without-store.ts';
import type { BillingReply } from '@stackbridge/shared-mappers/sync/stateless/billing/billing-store.ts';
import { ACCOUNT_MAP, CHART } from './billing-chart.ts';
import { INVOICE_OPTIONS, PROJECT } from './billing-world.ts';
import { type Mishap, MishapOfWrites } from './mishap-of-writes.ts';
import { SimulatedAccounts } from './simulated-accounts.ts';

/** Work as it was read at some moment, on its way to whoever bills it. */
export interface DeliveredWork {
  readonly readAt: number;
  readonly logs: ReadonlyMap<string, TimeLog>;
  readonly expenses: ReadonlyMap<string, Expense>;
  readonly milestones: ReadonlyMap<string, Milestone>;
}

type Work = Pick<DeliveredWork, 'logs' | 'expenses' | 'milestones'>;

const PROGRESS = { begin: () => {}, advance: () => {}, end: () => {}, call: () => {}, waiting: () => {} };

/** Projects and accounts, and executions over them that keep nothing but what stands in the accounts. */
export class StatelessWorld {
  readonly accounts = new SimulatedAccounts();
  readonly logs = new Map<string, TimeLog>();
  readonly expenses = new Map<string, Expense>();
  readonly milestones = new Map<string, Milestone>();
  readonly #options: InvoiceOptions & { readonly cutOver: string };
  readonly #bills: 'milestones' | 'expenses';
  readonly #files = new Map<string, string>();
  #replies: BillingReply[] = [];
  #now = Date.parse('2026-04-01T00:00:00Z');
  readonly #mishaps = new MishapOfWrites();

  /** @param bills what is run */
  constructor(options: Partial<InvoiceOptions> = {}, bills: 'milestones' | 'expenses' = 'milestones') {
    this.#bills = bills;
    this.#options = { ...INVOICE_OPTIONS, cutOver: '2026-01-01', ...options };
  }

  /** Calls that were to write: documents and files. */
  get writes(): number {
    return this.#mishaps.writes;
  }

  run(mishap?: Mishap): Promise<BillingExecution | 'crashed'> {
    this.#now += 60_000;
    const replies = this.#replies;
    return this.#mishaps.during(mishap, async () => {
      const execution = await this.#execute({ replies });
      this.#replies = [];
      return execution;
    });
  }

  /** The work as it is now, to be handed over later. */
  read(): DeliveredWork {
    this.#now += 60_000;
    const { logs, expenses, milestones } = this;
    return {
      readAt: this.#now,
      logs: new Map(logs),
      expenses: new Map(expenses),
      milestones: new Map(milestones),
    };
  }

  /** An execution over work that was handed over. */
  deliver(work: DeliveredWork, mishap?: Mishap): Promise<BillingExecution | 'crashed'> {
    this.#now += 60_000;
    return this.#mishaps.during(mishap, () => this.#execute({ asOf: work.readAt }, work));
  }

  /** As an earlier release left the pages of the ledger. */
  rewritePages(rewritten: (page: string) => string): void {
    for (const [id, text] of this.#files) this.#files.set(id, rewritten(text));
  }

  /** Runs while a person answers whatever is asked; false when no end is in sight. */
  async settle(): Promise<boolean> {
    for (let round = 0; round < 12; round += 1) {
      const execution = await this.run();
      if (execution === 'crashed') return false;
      const isDone = execution.subjects.every(
        ({ outcome }) => outcome === 'unchanged' || outcome === 'excluded',
      );
      if (isDone) return true;
      this.answerAll(execution);
    }
    return false;
  }

  /** A person gives every question the first answer it allows, and does by hand what that says. */
  answerAll({ subjects }: BillingExecution): void {
    for (const { subject, issues } of subjects) {
      for (const { documentNumber, code, answers, key, difference } of issues) {
        if (documentNumber === undefined) continue;
        if (code === 'DOCUMENT_EMPTY') this.accounts.act(documentNumber, 'delete');
        // Nothing says what it bills but the document itself: a person compares, and sees to what is missing.
        if (code === 'DOCUMENT_UNKNOWN')
          this.accounts.amend(documentNumber, this.accounts.negated(documentNumber));
        const answer = code === 'DOCUMENT_UNKNOWN' ? 'settled' : answers[0];
        if (answer === undefined) continue;
        if (answer === 'settled') this.accounts.amend(documentNumber, difference);
        this.#replies.push({ subject, documentNumber, answer, ...(key === undefined ? {} : { of: key }) });
      }
    }
  }

  async #execute(request: BillingRequest, work: Work = this): Promise<BillingExecution> {
    const { books, source } = this.#sources(work);
    const job = this.#bills === 'expenses' ? expensesJob(books) : this.#invoices(books, source);
    let ids = 0;
    const ports = {
      target: this.#target(),
      clock: { now: () => this.#now },
      random: { next: () => 0, id: () => `id-${ids++}` },
      progress: PROGRESS,
      log: { debug: () => {}, info: () => {}, warn: () => {} },
      stop: { requested: false },
      calls: () => ({}),
    };
    return billWithoutStore(job, ports, request);
  }

  #invoices(books: BooksSource, source: ProjectSource): BillingJob {
    return documentJob({
      recipe: 'invoices',
      map: ACCOUNT_MAP,
      createsContacts: false,
      sources: ['zoho-projects', 'zoho-books'],
      read: readMilestones({
        recipe: 'invoices',
        options: this.#options,
        source,
        books,
        shrink: { share: 1, atLeast: 1000 },
        progress: PROGRESS,
      }),
    });
  }

  #sources({ logs, expenses, milestones }: Work): { source: ProjectSource; books: BooksSource } {
    const none = async (): Promise<[]> => [];
    return {
      source: {
        system: 'zoho-projects',
        projects: () => page([PROJECT]),
        milestones: () => page([...milestones.values()]),
        timeLogs: () => page([...logs.values()].filter(({ date }) => date >= this.#options.cutOver)),
        people: () => page([]),
      },
      books: {
        system: 'zoho-books',
        expenses: () => page([...expenses.values()].filter(({ billable }) => billable)),
        receipt: async () => undefined,
        projects: () => page([]),
        invoices: () => page([]),
        listedExpenses: () =>
          page([...expenses.values()].map((one) => ({ id: one.id, number: '', says: JSON.stringify(one) }))),
        recentExpenses: () => page([]),
        expense: async (id) => expenses.get(id),
        listedInvoices: () => page([]),
        recentInvoices: () => page([]),
        invoice: async () => undefined,
        customers: () => page([]),
        categories: none,
        taxes: none,
      },
    };
  }

  #target(): AccountingTarget {
    const { accounts } = this;
    const all = (): HeldDocument[] =>
      accounts.documents().map((held) => ({ ...held, hasAttachments: this.#files.has(held.id) }));
    const contact = { id: 'contact-1', name: 'City of Sydney', number: contactNumber('c1'), active: true };
    return {
      system: 'xero',
      writeBatch: 50,
      chart: async () => CHART,
      contactsByNumber: async () => [contact],
      contactsByName: async () => [contact],
      createContacts: async () => [],
      documentsByNumber: async (kind, numbers) =>
        all().filter((held) => held.kind === kind && numbers.includes(held.number)),
      documentsById: async (_, ids) => all().filter(({ id }) => ids.includes(id)),
      documentsChanged: async (kind) => all().filter((held) => held.kind === kind),
      write: async (_, writes) => {
        const results: DocumentResult[] = [];
        for (const each of writes) results.push(await this.#written(each));
        return results;
      },
      attach: async () => {},
      attachments: async () => [],
      readFile: async (_, id) => this.#files.get(id),
      writeFile: async (_, id, { text }, replaces) => {
        await this.#mishaps.write(() => {
          expect({ id, replaces }).toEqual({ id, replaces: this.#files.has(id) });
          this.#files.set(id, text);
        });
      },
      linkForRebilling: async () => {},
      addHistory: async () => {},
    };
  }

  async #written(each: DocumentWrite): Promise<DocumentResult> {
    let held: HeldDocument | 'refused' = 'refused';
    try {
      await this.#mishaps.write(() => {
        held =
          each.action === 'create'
            ? this.accounts.create(each.document)
            : this.accounts.update(each.id, each.document);
      });
    } catch (error) {
      if (!(error instanceof StackbridgeError)) throw error;
      return { outcome: 'uncertain', error };
    }
    if (held !== 'refused') return { outcome: 'written', held };
    return { outcome: 'refused', error: new StackbridgeError('VALUE_INVALID', 'Refused') };
  }
}

function expensesJob(books: BooksSource): BillingJob {
  return documentJob({
    recipe: 'costs',
    map: ACCOUNT_MAP,
    createsContacts: false,
    sources: ['zoho-books'],
    read: readExpenses({
      map: ACCOUNT_MAP,
      options: {
        as: 'bill',
        status: 'draft',
        cutOver: '2026-01-01',
        due: { days: 30 },
        numberPrefix: 'ZE',
        text: '{category} {description} {reference}',
      },
      which: 'all',
      supplier: 'City of Sydney',
      followUps: { receipts: false, rebill: 'leave' },
      shrink: { share: 1, atLeast: 1000 },
      books,
      progress: PROGRESS,
    }),
  });
}

async function* page<Item>(items: readonly Item[]): AsyncGenerator<readonly Item[]> {
  yield items;
}
