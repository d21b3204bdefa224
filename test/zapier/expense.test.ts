import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import { z } from 'zod';
import { signedIn } from './support/auth-data.ts';
import { EXPENSES_RECIPE, enterExpense } from './support/billing-recipes.ts';
import { type Outcome, PackagedApp } from './support/packaged-app.ts';
import { wordFor } from './support/zap-pair.ts';

let app: PackagedApp;
let sandbox: Sandbox;

beforeAll(async () => {
  app = await PackagedApp.open();
});
afterAll(() => app.close());
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

const expenses = z.array(z.looseObject({ expense: z.string() }));

/** The expense as its trigger hands it on. */
async function recorded(): Promise<string> {
  const outcome = await app.call(
    'triggers.zoho_expense_recorded.operation.perform',
    { authData: signedIn(sandbox).zoho },
    {},
    sandbox.world.clock,
  );
  const [found] = expenses.parse('results' in outcome ? outcome.results : outcome.error);
  return found?.expense ?? '';
}

function transfer(expense: string, recipe = EXPENSES_RECIPE): Promise<Outcome> {
  return app.call(
    'creates.xero_expense.operation.perform',
    { authData: signedIn(sandbox).xero, inputData: { recipe, expense } },
    {},
    sandbox.world.clock,
  );
}

const bills = () => sandbox.admin.records('xero', 'invoices').records;

describe('an expense of Zoho Books', () => {
  it('becomes a bill in Xero, its tax by the name that the account map has', async () => {
    const id = enterExpense(sandbox);

    const outcome = await transfer(await recorded());

    expect(outcome).toEqual({
      results: expect.objectContaining({
        outcome: 'created',
        kind: 'bill',
        number: `ZE-${id}`,
        status: 'draft',
        total: '110.00',
        totalTax: '10.00',
      }),
    });
  });

  it('is booked once when the answer to its creation is lost', async () => {
    enterExpense(sandbox);
    const expense = await recorded();
    sandbox.world.faults.add({
      system: 'xero',
      method: 'PUT',
      path: '/Invoices',
      effect: { kind: 'drop-after' },
    });

    await transfer(expense);

    expect(wordFor(await transfer(expense))).toBe('there already');
    expect(bills()).toHaveLength(1);
  });

  it('is left as it was booked, whatever has become of it since', async () => {
    enterExpense(sandbox);
    const expense = await recorded();
    await transfer(expense);

    const edited = expense.replace(/"total":"[^"]+"/, '"total":"220.00"');
    expect(wordFor(await transfer(edited))).toBe('differs');
    expect(bills()).toMatchObject([{ Total: 110 }]);
  });

  it('is not booked without its receipt, unless the recipe does without', async () => {
    const id = enterExpense(sandbox);
    const receipt = { fileName: 'ticket.pdf', contentType: 'application/pdf', base64: 'JVBERi0xLjQK' };
    sandbox.admin.act('zoho-books', 'attach-receipt', { expense: id, receipt });
    const expense = await recorded();

    expect(wordFor(await transfer(expense))).toContain('cannot fetch the receipt ticket.pdf');
    expect(bills()).toEqual([]);
    expect(wordFor(await transfer(expense, `${EXPENSES_RECIPE}receipts: false\n`))).toBe('created');
  });

  it('that the recipe leaves out says why', async () => {
    enterExpense(sandbox);
    const recipe = EXPENSES_RECIPE.replace('which: all', 'which: of-projects');
    expect(wordFor(await transfer(await recorded(), recipe))).toBe('nothing is due');
  });

  it('needs what its trigger hands on', async () => {
    expect(wordFor(await transfer('110.00'))).toContain('Expense for Billing Steps');
  });
});
