import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { signedIn } from './support/auth-data.ts';
import { attachReceipt, EXPENSES_RECIPE, enterExpense } from './support/billing-recipes.ts';
import type { Outcome } from './support/packaged-app.ts';
import { Platform } from './support/platform.ts';
import { usePackagedApp } from './support/use-packaged-app.ts';
import { wordFor } from './support/zap-pair.ts';

const stage = usePackagedApp();

const items = z.array(z.looseObject({ id: z.string(), expense: z.unknown(), receipt: z.unknown() }));
type Item = z.output<typeof items>[number];

async function poll(inputData: object = {}): Promise<Item[]> {
  const end = await new Platform(stage.app, stage.sandbox).run('triggers.zoho_expense_recorded', 'zoho', {
    ...inputData,
  });
  return items.parse('results' in end ? end.results : end);
}

/** A field of the newest expense, as a later step takes it. */
async function take(field: keyof Item): Promise<unknown> {
  const [found] = await poll();
  const end = await new Platform(stage.app, stage.sandbox).take(found?.[field], 'zoho');
  return 'results' in end ? end.results : end;
}

async function recorded(): Promise<string> {
  return String(await take('expense'));
}

function transfer(expense: string, recipe = EXPENSES_RECIPE, receipt: unknown = ''): Promise<Outcome> {
  return stage.app.call(
    'creates.xero_expense.operation.perform',
    { authData: signedIn(stage.sandbox).xero, inputData: { recipe, expense, receipt } },
    {},
    stage.sandbox.world.clock,
  );
}

/** Names of the files in Xero; of a receipt, all of it. */
function files(): string[] {
  const { records } = stage.sandbox.admin.records('xero', 'attachments');
  return records
    .map(({ FileName, MimeType, Content }) =>
      FileName === 'stackbridge.txt' ? FileName : `${FileName} ${MimeType} ${Content}`,
    )
    .sort();
}

const bills = () => stage.sandbox.admin.records('xero', 'invoices').records;

describe('an expense of Zoho Books', () => {
  it('becomes a bill in Xero, its tax by the name that the account map has', async () => {
    const id = enterExpense(stage.sandbox);

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
    enterExpense(stage.sandbox);
    const expense = await recorded();
    stage.sandbox.world.faults.add({
      system: 'xero',
      method: 'PUT',
      path: '/Invoices',
      effect: { kind: 'drop-after' },
    });

    await transfer(expense);

    expect(wordFor(await transfer(expense))).toBe('there already');
    expect(bills()).toHaveLength(1);
  });

  it('that is edited brings its draft up to date, and is asked about once the bill is approved', async () => {
    const id = enterExpense(stage.sandbox);
    await transfer(await recorded());
    const edit = async (amount: string): Promise<string> => {
      stage.sandbox.world.clock.advance(60_000);
      stage.sandbox.admin.edit('zoho-books', 'expenses', id, { amount });
      return recorded();
    };

    expect(wordFor(await transfer(await edit('220.00')))).toBe('updated');
    stage.sandbox.admin.act('xero', 'authorise', { invoice: `ZE-${id}` });
    expect(wordFor(await transfer(await edit('330.00')))).toBe('differs');
    expect(bills()).toMatchObject([{ Total: 220 }]);
  });

  it('as it was before changes nothing when it comes late', async () => {
    const id = enterExpense(stage.sandbox);
    const late = await recorded();
    stage.sandbox.world.clock.advance(60_000);
    stage.sandbox.admin.edit('zoho-books', 'expenses', id, { amount: '220.00' });
    await transfer(await recorded());

    expect(wordFor(await transfer(late))).toBe('stale');
    expect(bills()).toMatchObject([{ Total: 220 }]);
  });

  it('brings its receipt along, as a file of Zapier that the step fetches', async () => {
    attachReceipt(stage.sandbox, enterExpense(stage.sandbox));
    const outcome = await transfer(await recorded(), EXPENSES_RECIPE, await take('receipt'));
    expect(wordFor(outcome)).toBe('created');
    expect(files()).toEqual(['stackbridge.txt', 'ticket.pdf application/pdf JVBERi0xLjQK']);
  });

  it('is not booked without its receipt, unless the recipe does without', async () => {
    attachReceipt(stage.sandbox, enterExpense(stage.sandbox));
    const expense = await recorded();

    expect(wordFor(await transfer(expense))).toContain('has the receipt ticket.pdf');
    expect(bills()).toEqual([]);
    expect(wordFor(await transfer(expense, `${EXPENSES_RECIPE}receipts: false\n`))).toBe('created');
  });

  it('gets its receipt by the replay where the file could not be read at first', async () => {
    attachReceipt(stage.sandbox, enterExpense(stage.sandbox));
    const expense = await recorded();
    const receipt = String(await take('receipt'));

    const first = await transfer(expense, EXPENSES_RECIPE, `${receipt}-gone`);
    const again = await transfer(expense, EXPENSES_RECIPE, receipt);

    expect(wordFor(first)).toContain('The file cannot be read: 127.0.0.1');
    expect(wordFor(again)).toBe('there already');
    expect(bills()).toHaveLength(1);
    expect(files()).toContain('ticket.pdf application/pdf JVBERi0xLjQK');
  });

  it.each([
    'http://files.example.com/ticket.pdf',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/ticket.pdf',
    'https://printer.local/ticket.pdf',
    'https://intranet/ticket.pdf',
    'ticket.pdf',
  ])('takes no file from %s, and books nothing', async (address) => {
    attachReceipt(stage.sandbox, enterExpense(stage.sandbox));
    expect(wordFor(await transfer(await recorded(), EXPENSES_RECIPE, address))).toContain(
      'The file must be at a public https address',
    );
    expect(bills()).toEqual([]);
  });

  it('comes in once, or again when it is edited where the step says so', async () => {
    const id = enterExpense(stage.sandbox);
    const [before] = await poll({ again: 'yes' });
    const [once] = await poll();
    stage.sandbox.world.clock.advance(60_000);
    stage.sandbox.admin.edit('zoho-books', 'expenses', id, { description: 'Train' });

    const [after] = await poll({ again: 'yes' });

    expect(after?.id).not.toBe(before?.id);
    expect([once?.id, (await poll())[0]?.id]).toEqual([id, id]);
  });

  it('costs no call of its own before a step takes it, however many there are', async () => {
    const seed = { exact: true, projects: 1, milestones: 0, expenses: 120 } as const;
    for (const id of stage.sandbox.admin.seedZoho(seed).expenses)
      stage.sandbox.admin.edit('zoho-books', 'expenses', id, { description: 'Train' });
    stage.sandbox.world.calls.clear();

    const found = await poll();

    expect(found.length).toBe(120);
    const operations = { 'organizations.list': 1, 'expenses.list': 1 };
    expect(stage.sandbox.world.calls.counts()).toEqual({ 'zoho-books': { total: 2, operations } });
  });

  it('that the recipe leaves out says why', async () => {
    enterExpense(stage.sandbox);
    const recipe = EXPENSES_RECIPE.replace('which: all', 'which: of-projects');
    expect(wordFor(await transfer(await recorded(), recipe))).toBe('nothing is due');
  });

  it('needs what its trigger hands on', async () => {
    expect(wordFor(await transfer('110.00'))).toContain('Expense for Billing Steps');
  });
});
