import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import { z } from 'zod';
import { signedIn } from './support/auth-data.ts';
import { MILESTONE_RECIPE } from './support/billing-recipes.ts';
import { type Given, type Outcome, PackagedApp } from './support/packaged-app.ts';
import { wordFor } from './support/zap-pair.ts';

let app: PackagedApp;
let sandbox: Sandbox;

beforeAll(async () => {
  app = await PackagedApp.open();
});
afterAll(() => app.close());
beforeEach(async () => {
  sandbox = await startSandbox({ now: new Date().toISOString() });
});
afterEach(() => sandbox.close());

const milestones = z.array(z.looseObject({ work: z.string(), milestoneId: z.string() }));

/** A milestone as its trigger hands it on. */
async function completed(): Promise<{ work: string; milestoneId: string }> {
  sandbox.admin.seedZoho({ exact: true, projects: 1, milestones: 1, logs: 3 });
  const outcome = await app.call('triggers.zoho_milestone_completed.operation.perform', {
    authData: signedIn(sandbox).zoho,
    inputData: { expenses: false, lookBack: 720 },
  });
  const [milestone] = milestones.parse('results' in outcome ? outcome.results : outcome.error);
  if (milestone === undefined) throw new Error('No milestone came');
  return milestone;
}

function bill(work: string, given: Given = {}): Promise<Outcome> {
  return app.call('creates.xero_milestone_invoice.operation.perform', {
    authData: signedIn(sandbox).xero,
    ...given,
    inputData: { recipe: MILESTONE_RECIPE, work, ...given.inputData },
  });
}

const invoices = () => sandbox.admin.records('xero', 'invoices').records;

describe('the invoice of a completed milestone', () => {
  it('is created once, however often the step is replayed', async () => {
    const { work, milestoneId } = await completed();

    const first = await bill(work);
    const again = await bill(work);

    expect(first).toEqual({
      results: expect.objectContaining({
        outcome: 'created',
        number: `ZP-${milestoneId}`,
        status: 'draft',
        lines: [expect.anything(), expect.anything(), expect.anything()],
      }),
    });
    expect(wordFor(again)).toBe('there already');
    expect(invoices()).toHaveLength(1);
  });

  it('is left as it is when it says something else than the work, and says so', async () => {
    const { work } = await completed();
    await bill(work);
    const less = JSON.parse(work);
    less.logs.pop();

    const again = await bill(JSON.stringify(less));

    expect(wordFor(again)).toBe('differs');
    expect(invoices()).toMatchObject([{ LineItems: [{}, {}, {}] }]);
  });

  it('carries what it bills, so that other hosts know it', async () => {
    const { work, milestoneId } = await completed();
    await bill(work);

    const [file] = sandbox.admin.records('xero', 'attachments').records;

    expect(file).toMatchObject({ FileName: 'stackbridge.txt', IncludeOnline: false });
    expect(JSON.parse(atob(z.object({ Content: z.string() }).parse(file).Content))).toMatchObject({
      stackbridge: 1,
      recipe: 'milestones',
      subject: milestoneId,
      number: `ZP-${milestoneId}`,
    });
  });

  it('is one when the answer to its creation is lost', async () => {
    const { work } = await completed();
    sandbox.world.faults.add({
      system: 'xero',
      method: 'PUT',
      path: '/Invoices',
      effect: { kind: 'drop-after' },
    });
    await bill(work);
    await bill(work);
    expect(invoices()).toHaveLength(1);
  });

  it('is not made of work that has no account, and says what to add', async () => {
    const { work } = await completed();
    const recipe = MILESTONE_RECIPE.replace(/accounts:[\s\S]*$/, 'accounts: { rates: [] }\n');
    const said = wordFor(await bill(work, { inputData: { recipe } }));
    expect(said).toMatch(/^(HaltedError|AppError)/);
    expect(invoices()).toHaveLength(0);
  });

  it('needs the account map in the recipe itself', async () => {
    const { work } = await completed();
    const recipe = MILESTONE_RECIPE.replace(/accounts:[\s\S]*$/, 'accounts: accounts.yaml\n');
    expect(wordFor(await bill(work, { inputData: { recipe } }))).toContain('write the map itself');
  });

  it('needs the work as its trigger hands it on', async () => {
    expect(wordFor(await bill('3 hours'))).toContain('Work for Billing Steps');
  });
});
