import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import { answersTo } from '@stackbridge/shared-mappers/plan/billing/proposals.ts';
import { BillingWorker } from 'stackbridge/scenarios/billing/billing-worker.ts';
import { IoGate } from 'stackbridge/scenarios/io-gate.ts';
import { z } from 'zod';
import type { Happening } from './expense-happening.ts';

const HOUR_MS = 3_600_000;
const EVERYTHING = { limit: 1000, offset: 0 };

const ACCOUNTS = {
  time: { account: 200 },
  expenses: { Travel: { account: 493, charge: { account: 206 } } },
  rates: [{ rate: 150 }],
  paidThrough: { 'Everyday Account': '090' },
};
const COMMON = { cutOver: '2026-07-01', contacts: 'create', accounts: ACCOUNTS };
const BOOKING = { recipe: 'expenses/v1', name: 'expenses', ...COMMON };
const INVOICING = { recipe: 'milestone-invoice/v1', name: 'milestones', ...COMMON };

const BooksExpense = z.object({ expense_id: z.string(), total: z.coerce.number() });
const Document = z.object({
  InvoiceNumber: z.string().optional(),
  Reference: z.string().optional(),
  Status: z.string(),
  Total: z.coerce.number(),
  LineItems: z.array(z.unknown()),
});
type Document = z.infer<typeof Document>;

/** The books of an agency, its accounts, and whoever books expenses from one to the other. */
export class Agency implements AsyncDisposable {
  /** The most that each expense has ever come to, in cents. */
  readonly most = new Map<string, number>();
  readonly #sandbox: Sandbox;
  readonly #worker: BillingWorker;
  /** What a person has put right by hand, in cents. */
  readonly #byHand = new Map<string, number>();
  readonly #closed = new Map<string, string>();
  readonly #site: string;
  readonly #ids: Record<string, string> = {};

  private constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
    this.#worker = new BillingWorker(sandbox);
    const { admin } = sandbox;
    const client = { id: '4711', name: 'Ridgeway Bank' };
    admin.create('zoho-projects', 'users', { name: 'Ann Lee', email: 'ann@agency.test' });
    const project = admin.create('zoho-projects', 'projects', { name: 'Website', client });
    admin.create('zoho-projects', 'phases', { project, name: 'Design', closed: true });
    const customer = this.#enter('contacts', { contact_name: 'Ridgeway Bank' });
    this.#ids.vendor = this.#enter('contacts', { contact_name: 'State Rail', contact_type: 'vendor' });
    this.#ids.travel = this.#enter('accounts', { account_name: 'Travel', account_code: '6100' });
    this.#ids.bank = this.#enter('accounts', { account_name: 'Everyday Account', account_type: 'bank' });
    this.#site = this.#enter('projects', { project_name: 'Website', customer_id: customer });
  }

  static async open(): Promise<Agency> {
    return new Agency(await startSandbox({ now: '2026-11-02T08:00:00Z', seed: 1 }));
  }

  async happen(what: Happening): Promise<void> {
    const { admin, world } = this.#sandbox;
    if (what.do === 'book') await this.#run(BOOKING);
    else if (what.do === 'invoice') await this.#run(INVOICING);
    else if (what.do === 'crash') {
      await this.#run(BOOKING, new IoGate([{ at: what.at, of: 'any', when: 'after', act: 'cut' }]));
      world.clock.advance(6 * 60_000);
    } else if (what.do === 'lose') {
      world.faults.add({
        system: 'xero',
        method: 'PUT',
        path: what.path,
        times: 1,
        effect: { kind: what.kind },
      });
      await this.#run(BOOKING);
      world.faults.clear();
    } else if (what.do === 'wait') world.clock.advance(what.hours * HOUR_MS);
    else if (what.do === 'answer') await this.#answer('next-invoice');
    else if (what.do === 'enter') {
      const paid = what.paid ? { paid_through_account_id: this.#ids.bank } : {};
      this.#enter('expenses', {
        date: '2026-10-07',
        account_id: this.#ids.travel,
        amount: (what.cents / 100).toFixed(2),
        vendor_id: this.#ids.vendor,
        project_id: this.#site,
        is_billable: what.billable,
        ...paid,
      });
    } else if (what.do === 'deed') {
      const { records } = admin.records('xero', 'invoices', EVERYTHING);
      const invoice = records[what.which % Math.max(1, records.length)]?.InvoiceID;
      const values = what.deed === 'edit-invoice' ? { values: { DueDate: '2026-12-24' } } : {};
      this.#try(() => admin.act('xero', what.deed, { invoice, ...values }));
    } else {
      const all = this.#expenses();
      const id = all[what.which % Math.max(1, all.length)]?.expense_id;
      if (id !== undefined && what.do === 'edit')
        this.#try(() => admin.edit('zoho-books', 'expenses', id, what.set));
      if (id !== undefined && what.do === 'remove')
        this.#try(() => admin.remove('zoho-books', 'expenses', id));
    }
    for (const { expense_id, total } of this.#expenses())
      this.most.set(expense_id, Math.max(this.most.get(expense_id) ?? 0, Math.round(total * 100)));
  }

  /** Runs while people answer what they are asked; undefined when no end is in sight. */
  async settle(): Promise<true | undefined> {
    for (let round = 0; round < 16; round += 1) {
      await this.#run(BOOKING);
      const { asked } = await this.#asked();
      if (asked.length === 0) return true;
      // What is answered twice in vain can only be put right by hand.
      const answered = new Set<string>();
      while (await this.#answer(round % 2 === 0 ? 'next-invoice' : 'settled', answered));
    }
    return undefined;
  }

  /** What stands for each expense on documents that are there, in cents. */
  booked(): Record<string, number> {
    const sums: Record<string, number> = {};
    for (const [number, { Status, Total }] of this.#documents()) {
      const id = /^ZE-(\d+)/.exec(number)?.[1];
      if (id === undefined || Status === 'VOIDED' || Status === 'DELETED') continue;
      sums[id] = (sums[id] ?? 0) + Math.round(Total * 100);
    }
    return sums;
  }

  /** The same with what people put right by hand; what comes out even is left out. */
  balance(): Record<string, number> {
    const sums = this.booked();
    for (const [id, amount] of this.#byHand) sums[id] = (sums[id] ?? 0) + amount;
    return Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum !== 0));
  }

  /** What there is in the books, in cents. */
  due(): Record<string, number> {
    return Object.fromEntries(
      this.#expenses().map(({ expense_id, total }) => [expense_id, Math.round(total * 100)]),
    );
  }

  /** Documents that say something else than when they were closed. */
  touched(): string[] {
    const found: string[] = [];
    for (const [number, { Status, Total, LineItems }] of this.#documents()) {
      if (Status !== 'AUTHORISED' && Status !== 'PAID') continue;
      const says = JSON.stringify([Total, LineItems]);
      if ((this.#closed.get(number) ?? says) !== says) found.push(number);
      this.#closed.set(number, says);
    }
    return found;
  }

  /** Expenses that more than one recipe charges to the customer. */
  async chargedTwice(): Promise<string[]> {
    const ids = [...this.most.keys()];
    const entries = await this.#worker.home.store.entries(
      this.#scope(),
      ids.map((id) => ({ kind: 'expense', id })),
    );
    return ids.filter((id) => {
      const charges = entries.filter(
        ({ source, purpose, state }) => source.id === id && purpose === 'charge' && state !== 'freed',
      );
      return new Set(charges.map(({ recipe }) => recipe)).size > 1;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker.close();
    await this.#sandbox.close();
  }

  async #run(recipe: object, gate?: IoGate): Promise<void> {
    await this.#worker.run(recipe, gate, ['shrink']);
  }

  async #asked() {
    const rows = await this.#worker.home.store.parked({ recipe: 'expenses' });
    return { rows, asked: rows.filter(({ kind }) => kind === 'conflict') };
  }

  /**
   * @param answered subjects of questions answered in this round, which it adds to. Default: those with a decision: what
   *   is asked again, since something else has changed, has one that counts for nothing any more
   * @returns whether there was another question
   */
  async #answer(wish: 'next-invoice' | 'settled', answered?: Set<string>): Promise<boolean> {
    const { store } = this.#worker.home;
    const decided = async (subject: string) => (await store.decisions(this.#scope(), [subject])).length > 0;
    for (const { subject, fields, code, scope } of (await this.#asked()).asked) {
      const [field = ''] = fields;
      if (answered === undefined ? await decided(subject) : answered.has(subject)) continue;
      const invoice = this.#sandbox.admin
        .records('xero', 'invoices', EVERYTHING)
        .records.find((one) => one.InvoiceNumber === field && one.Status !== 'DELETED')?.InvoiceID;
      if (code === 'DOCUMENT_EMPTY') {
        this.#try(() => this.#sandbox.admin.act('xero', 'delete-invoice', { invoice }));
        continue;
      }
      const answers = answersTo(code);
      const value = answers.find((one) => one === wish) ?? answers[0] ?? '';
      // Whatever is put right by hand, the accounts then come to what is due.
      if (value === 'settled')
        this.#byHand.set(subject, (this.due()[subject] ?? 0) - (this.booked()[subject] ?? 0));
      await store.decide({ scope, subject, field, take: { value }, at: this.#worker.now() });
      answered?.add(subject);
      return true;
    }
    return false;
  }

  #scope(): string {
    return `xero:${this.#sandbox.xero.books().organisation.id}`;
  }

  #documents(): Map<string, Document> {
    const { admin } = this.#sandbox;
    const documents = ['invoices', 'bankTransactions'].flatMap((collection) =>
      admin
        .records('xero', collection, EVERYTHING)
        .records.map((row) => Document.parse(JSON.parse(JSON.stringify(row)))),
    );
    // A deleted draft frees its number for another.
    const standing = documents.toSorted(
      (a, b) => Number(a.Status !== 'DELETED') - Number(b.Status !== 'DELETED'),
    );
    return new Map(
      standing.map((one) => [one.InvoiceNumber ?? one.Reference?.split(' ')[0] ?? '', one] as const),
    );
  }

  #expenses() {
    return this.#sandbox.admin
      .records('zoho-books', 'expenses', EVERYTHING)
      .records.map((row) => BooksExpense.parse(JSON.parse(JSON.stringify(row))));
  }

  #enter(collection: string, values: Record<string, unknown>): string {
    return this.#sandbox.admin.create('zoho-books', collection, values);
  }

  /** Some deeds are refused where the record stands: a void of a draft, an edit of a billed expense. */
  #try(deed: () => unknown): void {
    try {
      deed();
    } catch {
      // It is as it was.
    }
  }
}
