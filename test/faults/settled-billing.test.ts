import { expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import fc from 'fast-check';
import { type BillingRun, BillingWorker } from 'stackbridge/scenarios/billing/billing-worker.ts';
import { IoGate } from 'stackbridge/scenarios/io-gate.ts';

const HOUR_MS = 3_600_000;
const MILESTONES = 3;

const recipe = {
  recipe: 'milestone-invoice/v1',
  name: 'milestones',
  cutOver: '2026-07-01',
  contacts: 'create',
  bill: { expenses: false },
  accounts: { time: { account: 200 }, rates: [{ rate: 150 }] },
};

const which = fc.nat({ max: 99 });
const happening = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('run' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('crash' as const), at: fc.integer({ min: 1, max: 40 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.constantFrom(1, 30, 200) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('invoice' as const),
      which,
      deed: fc.constantFrom('authorise', 'submit', 'void', 'delete-invoice', 'edit-invoice'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('log' as const),
      which,
      deed: fc.constantFrom('edit', 'remove', 'unapprove', 'approve', 'enter'),
      minutes: fc.integer({ min: 1, max: 59 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const), which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('answer' as const) }) },
);
type Happening = typeof happening extends fc.Arbitrary<infer Each> ? Each : never;

/** Three closed milestones of one project, and what people and runs do with them. */
class Office implements AsyncDisposable {
  readonly #sandbox: Sandbox;
  readonly #worker: BillingWorker;
  readonly #milestones: string[] = [];
  readonly #tasks: string[] = [];

  private constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
    this.#worker = new BillingWorker(sandbox);
    const client = { id: '4711', name: 'Ridgeway Bank' };
    this.#create('users', { name: 'Ann Lee', email: 'ann@agency.test' });
    const project = this.#create('projects', { name: 'Website', client });
    for (let at = 0; at < MILESTONES; at++) {
      const milestone = this.#create('phases', { project, name: `Phase ${at}`, closed: true });
      this.#milestones.push(milestone);
      this.#tasks.push(this.#create('tasks', { project, milestone, name: `Task ${at}` }));
      this.#enterLog(at, 30);
    }
  }

  static async open(): Promise<Office> {
    return new Office(await startSandbox({ now: '2026-11-02T08:00:00Z', seed: 1 }));
  }

  async happen(what: Happening): Promise<void> {
    const { admin, world } = this.#sandbox;
    if (what.do === 'run') await this.run();
    else if (what.do === 'crash') {
      await this.#worker.run(recipe, new IoGate([{ at: what.at, of: 'any', when: 'after', act: 'cut' }]));
      world.clock.advance(6 * 60_000);
    } else if (what.do === 'wait') world.clock.advance(what.hours * HOUR_MS);
    else if (what.do === 'answer') await this.#answer();
    else if (what.do === 'reopen') {
      const milestone = this.#milestones[what.which % MILESTONES];
      admin.act('zoho-projects', 'reopen-milestone', { milestone });
    } else if (what.do === 'invoice') {
      const invoice = this.#pick('xero', 'invoices', what.which)?.InvoiceID;
      const values = what.deed === 'edit-invoice' ? { values: { Reference: 'By hand' } } : {};
      if (invoice !== undefined) this.#try(() => admin.act('xero', what.deed, { invoice, ...values }));
    } else this.#work(what);
  }

  async run(): Promise<BillingRun> {
    const run = await this.#worker.run(recipe);
    if (run === 'cut') throw new Error('Nothing cuts this run');
    return run;
  }

  /** Every document is looked up by the next run. */
  async forgetSettled(): Promise<void> {
    const { organisation } = this.#sandbox.xero.books();
    await this.#worker.home.store.saveMemo(`settled:xero:${organisation.id}:milestones`, {});
  }

  /** What people are asked, and about which milestone. */
  async asked(): Promise<string[]> {
    const rows = await this.#worker.home.store.parked({ recipe: 'milestones' });
    return rows.map(({ subject, kind, code, message }) => `${subject} ${kind} ${code} ${message}`).sort();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker.close();
    await this.#sandbox.close();
  }

  #work({ which: at, deed, minutes }: Extract<Happening, { do: 'log' }>): void {
    const { admin } = this.#sandbox;
    if (deed === 'enter') {
      this.#enterLog(at % MILESTONES, minutes);
      return;
    }
    const log = this.#logs()[at % Math.max(1, this.#logs().length)];
    if (log === undefined) return;
    if (deed === 'edit') this.#try(() => admin.edit('zoho-projects', 'logs', log, { hours: clock(minutes) }));
    else if (deed === 'remove') admin.remove('zoho-projects', 'logs', log);
    else this.#try(() => admin.act('zoho-projects', deed, { log }));
  }

  async #answer(): Promise<void> {
    const { store } = this.#worker.home;
    const [row] = await store.parked({ recipe: 'milestones', kind: 'conflict' });
    const [field] = row?.fields ?? [];
    if (row === undefined || field === undefined) return;
    const value = row.code === 'DOCUMENT_VOIDED' ? 'free' : 'next-invoice';
    const { scope, subject } = row;
    await store.decide({ scope, subject, field, take: { value }, at: this.#worker.now() });
  }

  #enterLog(at: number, minutes: number): void {
    const task = this.#tasks[at];
    const owner = 'ann@agency.test';
    this.#create('logs', { task, date: '2026-10-05', hours: clock(minutes), owner, approval: 'Approved' });
  }

  #logs(): string[] {
    return this.#sandbox.admin
      .records('zoho-projects', 'logs', { limit: 100, offset: 0 })
      .records.map(({ id }) => String(id));
  }

  #pick(system: string, collection: string, at: number) {
    const { records } = this.#sandbox.admin.records(system, collection, { limit: 100, offset: 0 });
    return records[at % Math.max(1, records.length)];
  }

  #create(collection: string, values: Record<string, unknown>): string {
    return this.#sandbox.admin.create('zoho-projects', collection, values);
  }

  /** Some deeds are refused where the record stands: a void of a draft, an edit of an approved log. */
  #try(deed: () => unknown): void {
    try {
      deed();
    } catch {
      // It is as it was.
    }
  }
}

function clock(minutes: number): string {
  return `00:${String(minutes).padStart(2, '0')}`;
}

test('what a run takes for settled needs nothing: a look at every document finds no more to write or to ask', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 4, maxLength: 14 }), async (happenings) => {
      await using office = await Office.open();
      for (const what of happenings) await office.happen(what);
      // One run settles what a crash has left, the next one goes by what is settled.
      await office.run();
      const bySettled = await office.run();
      const asked = await office.asked();
      await office.forgetSettled();

      const whole = await office.run();

      expect({
        writes: whole.summary.writes,
        counts: whole.summary.counts,
        asked: await office.asked(),
      }).toEqual({
        writes: { xero: 0 },
        counts: bySettled.summary.counts,
        asked,
      });
    }),
    { numRuns: 25 },
  );
}, 180_000);

test('a second idle run looks no document up', async () => {
  await using office = await Office.open();
  await office.run();
  await office.run();

  const idle = await office.run();

  expect([idle.summary.counts.unchanged, idle.summary.calls.xero]).toEqual([MILESTONES, 6]);
});
