import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import type { RunSummary } from '@stackbridge/shared-mappers/model/run-summary.ts';
import { BillingWorker } from 'stackbridge/scenarios/billing/billing-worker.ts';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Job } from './job.ts';
import { callRow } from './limits.ts';
import { type Measurement, measured } from './measurement.ts';

const MILESTONES = 1000;
const LINES = 10;
const PROJECTS = 10;
const CONTACTS = 3000;

/** Settings of the accounts that a map is held against. */
const CHART_CALLS = 5;
/** Documents, or contacts, of one write; numbers of one look-up; rows of one page in Xero and in Zoho. */
const XERO_BATCH = 50;
const XERO_NUMBERS = 100;
const XERO_PAGE = 1000;
const ZOHO_PAGE = 200;

/** Work of the last 140 days: one listing of time logs spans six months. */
const NOW = '2026-11-02T08:00:00Z';
const CUT_OVER = '2026-06-10';

const pages = (rows: number, size: number): number => Math.max(1, Math.ceil(rows / size));

const TITLE = '1,000 closed milestones of 10 lines';

const WRITES = callRow(
  'calls.billing-writes',
  `${TITLE}: writes in Xero`,
  pages(MILESTONES, XERO_BATCH) + pages(PROJECTS, XERO_BATCH),
  22,
);
const XERO = callRow(
  'calls.billing-xero',
  `${TITLE}: Xero in all`,
  // Customers are looked for by number and by name.
  CHART_CALLS + pages(MILESTONES, XERO_NUMBERS) + 2 + (WRITES.floor ?? 0),
  60,
);
const MANY_CONTACTS = callRow(
  'calls.billing-xero-contacts',
  'as many, each of a customer of its own among 3,000: Xero',
  CHART_CALLS + pages(MILESTONES, XERO_NUMBERS) + pages(CONTACTS, XERO_PAGE) + pages(MILESTONES, XERO_BATCH),
  60,
);

const IDLE = callRow(
  'calls.billing-idle',
  'the next run but one, nothing to do: Xero',
  // The settings, and what has changed since.
  CHART_CALLS + 1,
  CHART_CALLS + 1,
);
const ONE_MORE = callRow(
  'calls.billing-one-more',
  'one more milestone: Xero',
  // Besides, its number and its customer are looked up, and it is written.
  CHART_CALLS + 1 + 3,
  CHART_CALLS + 1 + 3,
);

const LOGS = (MILESTONES / PROJECTS) * LINES;
const LISTINGS_OF_PROJECT = [
  // Milestones, logs on tasks, tasks; on issues and in general there are none.
  pages(MILESTONES / PROJECTS, ZOHO_PAGE),
  pages(LOGS, ZOHO_PAGE),
  pages(LOGS, ZOHO_PAGE),
];
const ZOHO_FLOOR =
  1 + pages(PROJECTS, ZOHO_PAGE) + PROJECTS * (LISTINGS_OF_PROJECT.reduce((sum, n) => sum + n, 0) + 2);
const ZOHO = callRow(
  'calls.billing-zoho',
  `${TITLE}: Zoho Projects`,
  ZOHO_FLOOR,
  // A listing that fills its last page, and does not say what it comes to, is asked on.
  ZOHO_FLOOR + 1,
);

/** What a month's end costs that bills a thousand milestones, by the calls that the simulated systems have answered. */
export const billingJob: Job = {
  rows: [WRITES, XERO, ZOHO, IDLE, ONE_MORE, MANY_CONTACTS],
  async measure() {
    return [...(await fewCustomers()), ...(await manyCustomers())];
  },
};

async function fewCustomers(): Promise<Measurement[]> {
  await using stage = await openStage(PROJECTS);
  const { calls } = await stage.run({ applied: MILESTONES });
  const writes = (calls.of('xero', 'invoices.create') ?? 0) + (calls.of('xero', 'contacts.create') ?? 0);
  // What was written is looked at once more, and left alone from then on.
  await stage.run({ unchanged: MILESTONES });
  const idle = await stage.run({ unchanged: MILESTONES });
  stage.closeOneMore();
  const oneMore = await stage.run({ applied: 1, unchanged: MILESTONES });
  return [
    measured(WRITES, writes),
    measured(XERO, calls.all('xero')),
    measured(ZOHO, calls.all('zoho-projects')),
    measured(IDLE, idle.calls.all('xero')),
    measured(ONE_MORE, oneMore.calls.all('xero')),
  ];
}

async function manyCustomers(): Promise<Measurement[]> {
  await using stage = await openStage(MILESTONES);
  stage.enterContacts(CONTACTS);
  const { calls } = await stage.run({ applied: MILESTONES });
  return [measured(MANY_CONTACTS, calls.all('xero'))];
}

interface Calls {
  all(system: string): number;
  of(system: string, operation: string): number | undefined;
}

/** Zoho with the milestones, Xero without an invoice, and whoever runs the ready recipe. */
interface Stage extends AsyncDisposable {
  /** Enters every project's customer in Xero, and others, as many as there are to be. */
  enterContacts(count: number): void;
  /** Closes another milestone, with an hour on it. */
  closeOneMore(): void;
  run(expected: Partial<RunSummary['counts']>): Promise<{ readonly calls: Calls }>;
}

async function openStage(projects: number): Promise<Stage> {
  const sandbox = await startSandbox({ now: NOW, seed: 1 });
  const worker = new BillingWorker(sandbox);
  const milestones = MILESTONES / projects;
  sandbox.admin.seedZoho({ exact: true, projects, milestones, logs: LINES });
  return {
    enterContacts: (count) => enterContacts(sandbox, count),
    closeOneMore: () => closeOneMore(sandbox),
    async run(expected) {
      sandbox.world.calls.clear();
      const run = await worker.run(readyRecipe());
      if (run === 'cut') throw new Error('Nothing cuts a measured run');
      expectCounts(run.summary, expected);
      const counts = sandbox.world.calls.counts();
      return {
        calls: {
          all: (system) => counts[system]?.total ?? 0,
          of: (system, operation) => counts[system]?.operations[operation],
        },
      };
    },
    async [Symbol.asyncDispose]() {
      await worker.close();
      await sandbox.close();
    },
  };
}

const projectRow = z.object({ client: z.object({ name: z.string() }) });

function enterContacts({ admin }: Sandbox, count: number): void {
  const { records } = admin.records('zoho-projects', 'projects', { limit: count, offset: 0 });
  const customers = records.map((project) => projectRow.parse(project).client.name);
  const others = Array.from({ length: count - customers.length }, (_, at) => `Somebody else ${at + 1}`);
  for (const Name of [...customers, ...others]) admin.create('xero', 'contacts', { Name });
}

function closeOneMore({ admin }: Sandbox): void {
  const { records } = admin.records('zoho-projects', 'projects', { limit: 1, offset: 0 });
  const { records: people } = admin.records('zoho-projects', 'users', { limit: 1, offset: 0 });
  const [project] = records.map((one) => named.parse(one).id);
  const [owner] = people.map((one) => named.parse(one).id);
  const milestone = admin.create('zoho-projects', 'phases', { project, name: 'One more', closed: true });
  const task = admin.create('zoho-projects', 'tasks', { project, milestone, name: 'One more' });
  const log = { task, date: NOW.slice(0, 10), hours: '01:00', owner, approval: 'Approved' };
  admin.create('zoho-projects', 'logs', log);
}

const named = z.object({ id: z.string() });
const record = z.record(z.string(), z.unknown());

/** The ready recipe and its map: what is measured is what a user gets. */
function readyRecipe(): Record<string, unknown> {
  const read = (name: string): Record<string, unknown> =>
    record.parse(
      parse(readFileSync(fileURLToPath(new URL(`../../recipes/${name}.yaml`, import.meta.url)), 'utf8')),
    );
  const { map: _, ...accounts } = read('accounts');
  return { ...read('milestones'), accounts, cutOver: CUT_OVER };
}

/** A number is worth nothing when the job was not done. */
function expectCounts({ counts, stoppedBy }: RunSummary, expected: Partial<RunSummary['counts']>): void {
  const wanted = { applied: 0, unchanged: 0, excluded: 0, conflicts: 0, failed: 0, ...expected };
  if (JSON.stringify(counts) === JSON.stringify(wanted) && stoppedBy === undefined) return;
  throw new Error(`The run ended with ${stoppedBy ?? 'its end'} and ${JSON.stringify(counts)}`);
}
