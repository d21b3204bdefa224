import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import {
  type BillingExecution,
  type BillingRequest,
  billWithoutStore,
} from '@stackbridge/shared-mappers/sync/stateless/billing/bill-without-store.ts';
import { BillingBench } from 'stackbridge/scenarios/billing/billing-bench.ts';
import { IoGate } from 'stackbridge/scenarios/io-gate.ts';
import { z } from 'zod';

const RECIPE = {
  recipe: 'milestone-invoice/v1',
  name: 'milestones',
  cutOver: '2026-07-01',
  bill: { expenses: false },
  contacts: 'create',
  accounts: { time: { account: 200 }, rates: [{ rate: 150 }] },
};

let sandbox: Sandbox;
let bench: BillingBench;
let project: string;
let task: string;
let design: string;

beforeEach(async () => {
  sandbox = await startSandbox({ now: '2026-10-10T08:00:00Z', seed: 1 });
  bench = new BillingBench(sandbox);
  enter('users', { name: 'Grace Obi', email: 'grace@agency.test' });
  project = enter('projects', { name: 'Website', client: { id: '4711', name: 'Ridgeway Bank' } });
  design = enter('phases', { project, name: 'Design', closed: true });
  task = enter('tasks', { project, milestone: design, name: 'Wireframes' });
});
afterEach(async () => {
  await bench.close();
  await sandbox.close();
});

function enter(collection: string, values: object): string {
  return sandbox.admin.create('zoho-projects', collection, { ...values });
}

function log(hours: string, of = task): string {
  const values = { task: of, date: '2026-10-05', hours, owner: 'grace@agency.test', approval: 'Approved' };
  return enter('logs', values);
}

async function bill(request: BillingRequest = {}, gate = new IoGate()): Promise<BillingExecution> {
  const { job, ports } = bench.prepare(RECIPE, gate);
  return billWithoutStore(job, ports, request);
}

const record = z.record(z.string(), z.unknown());
const invoices = () =>
  sandbox.admin
    .records('xero', 'invoices')
    .records.map((each) => record.parse(JSON.parse(JSON.stringify(each))))
    .map(({ InvoiceNumber, SubTotal, Status }) => [InvoiceNumber, SubTotal, Status]);
const outcomes = ({ subjects }: BillingExecution) =>
  subjects.map(({ outcome, title, issues }) => [outcome, title, ...issues.map(({ code }) => code)]);

test('what an execution made is known to the next by the documents alone', async () => {
  log('02:20');

  const first = await bill();
  const again = await bill();

  expect(outcomes(first)).toEqual([['applied', 'Website: Design']]);
  expect(first.subjects).toMatchObject([
    { subject: design, write: { action: 'create', written: true }, documents: [{ number: `ZP-${design}` }] },
  ]);
  expect(outcomes(again)).toEqual([['unchanged', 'Website: Design']]);
  expect(invoices()).toEqual([[`ZP-${design}`, 350, 'DRAFT']]);
});

test('a preview writes nothing, and shows the invoice as it would be', async () => {
  log('02:20');
  const gate = new IoGate();

  const { subjects } = await bill({ preview: true }, gate);

  expect(subjects).toMatchObject([
    { outcome: 'planned', write: { written: false, preview: { total: '385.00' } }, documents: [] },
  ]);
  expect(gate.count('billing-write')).toBe(0);
});

test('only what is named is billed, and a log stays where it was billed before it came there', async () => {
  const build = enter('phases', { project, name: 'Build', closed: true });
  const later = enter('tasks', { project, milestone: build, name: 'Code' });
  const moved = log('02:00');
  log('01:00', later);
  await bill({ only: [design] });
  sandbox.admin.act('zoho-projects', 'move-log', { log: moved, task: later });

  const named = await bill({ only: [build] });

  expect(outcomes(named)).toEqual([['applied', 'Website: Build']]);
  expect(invoices()).toEqual([
    [`ZP-${design}`, 300, 'DRAFT'],
    [`ZP-${build}`, 150, 'DRAFT'],
  ]);
});

describe('hours that are logged after the invoice was authorised', () => {
  test('are handed out with the answers there are, and go on a further invoice once one is given', async () => {
    log('02:00');
    await bill();
    sandbox.admin.act('xero', 'authorise', { invoice: `ZP-${design}` });
    const added = log('01:00');

    const { subjects } = await bill();
    const [issue] = subjects.flatMap(({ issues }) => issues);
    await bill({
      replies: [
        {
          subject: design,
          documentNumber: issue?.documentNumber ?? '',
          answer: 'next-invoice',
          of: issue?.key ?? '',
        },
      ],
    });
    const after = await bill();

    expect(issue).toMatchObject({
      kind: 'conflict',
      code: 'DOCUMENT_CLOSED',
      documentNumber: `ZP-${design}`,
      answers: ['next-invoice', 'settled'],
      difference: [{ kind: 'time-log', id: added, minutes: 60 }],
    });
    expect(outcomes(after)).toEqual([['unchanged', 'Website: Design']]);
    expect(invoices()).toEqual([
      [`ZP-${design}`, 300, 'AUTHORISED'],
      [`ZP-${design}-2`, 150, 'DRAFT'],
    ]);
  });
});
