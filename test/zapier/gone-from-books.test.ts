import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { signedIn } from './support/auth-data.ts';
import {
  EXPENSES_RECIPE,
  enterBooksInvoice,
  enterExpense,
  ZOHO_INVOICE_RECIPE,
} from './support/billing-recipes.ts';
import type { Outcome } from './support/packaged-app.ts';
import { Platform } from './support/platform.ts';
import { usePackagedApp } from './support/use-packaged-app.ts';
import { wordFor } from './support/zap-pair.ts';

const stage = usePackagedApp();

function call(
  method: string,
  account: 'zoho' | 'xero',
  inputData: Record<string, unknown>,
): Promise<Outcome> {
  const authData = signedIn(stage.sandbox)[account];
  return stage.app.call(method, { authData, inputData }, {}, stage.sandbox.world.clock);
}

const items = z.array(z.object({ id: z.string(), count: z.number(), listing: z.string() }));

async function listed(list: 'expenses' | 'invoices') {
  const end = await new Platform(stage.app, stage.sandbox).run('triggers.zoho_books_listed', 'zoho', {
    list,
  });
  const [item] = items.parse('results' in end ? end.results : end);
  if (item === undefined) throw new Error('Nothing was listed');
  return item;
}

const gone = z.object({
  outcome: z.string(),
  count: z.number(),
  questions: z.array(
    z.looseObject({
      subject: z.string(),
      documentNumber: z.string(),
      code: z.string(),
      differenceKey: z.string(),
      gone: z.string(),
    }),
  ),
});

async function look(recipe: string, listing: string): Promise<z.output<typeof gone>> {
  const outcome = await call('creates.xero_gone.operation.perform', 'xero', { recipe, listing });
  return gone.parse('results' in outcome ? outcome.results : outcome.error);
}

/** As the Zap of expenses, or of invoices, has made it in Xero. */
async function billed(kind: 'expense' | 'invoice', id: string): Promise<void> {
  const [hydrator, action, recipe] =
    kind === 'expense'
      ? (['zohoExpense', 'xero_expense', EXPENSES_RECIPE] as const)
      : (['zohoInvoice', 'xero_zoho_invoice', ZOHO_INVOICE_RECIPE] as const);
  const platform = new Platform(stage.app, stage.sandbox);
  const pointer = JSON.stringify({ type: 'method', method: `hydrators.${hydrator}`, bundle: { [kind]: id } });
  const taken = await platform.take(`hydrate|||${pointer}|||hydrate`, 'zoho');
  const delivery = 'results' in taken ? taken.results : taken;
  const made = await call(`creates.${action}.operation.perform`, 'xero', { recipe, [kind]: delivery });
  expect(wordFor(made)).toBe('created');
  stage.sandbox.world.clock.advance(60_000);
}

describe('the list of the books', () => {
  it('comes in once a day, and whenever something is added or gone', async () => {
    const id = enterExpense(stage.sandbox);
    const before = await listed('expenses');
    stage.sandbox.admin.edit('zoho-books', 'expenses', id, { description: 'Train' });
    const edited = await listed('expenses');
    stage.sandbox.admin.remove('zoho-books', 'expenses', id);
    const after = await listed('expenses');
    stage.sandbox.world.clock.advance(86_400_000);

    expect([before.count, after.count]).toEqual([1, 0]);
    expect(edited.id).toBe(before.id);
    expect(new Set([before.id, after.id, (await listed('expenses')).id]).size).toBe(3);
  });
});

describe('an expense that is gone from Zoho Books', () => {
  it('is asked about with the answers there are, and the answer is kept', async () => {
    const id = enterExpense(stage.sandbox);
    await billed('expense', id);
    stage.sandbox.admin.act('xero', 'authorise', { invoice: `ZE-${id}` });
    stage.sandbox.admin.remove('zoho-books', 'expenses', id);
    const { listing } = await listed('expenses');

    const { questions } = await look(EXPENSES_RECIPE, listing);

    expect(questions).toMatchObject([
      { subject: id, documentNumber: `ZE-${id}`, code: 'DOCUMENT_CLOSED', answers: 'next-invoice, settled' },
    ]);
    const [question] = questions;
    const answered = await call('creates.xero_answer_difference.operation.perform', 'xero', {
      recipe: EXPENSES_RECIPE,
      delivery: question?.gone,
      documentNumber: `ZE-${id}`,
      differenceKey: question?.differenceKey,
      answer: 'settled',
    });
    expect(wordFor(answered)).not.toBe('differs');
    expect(await look(EXPENSES_RECIPE, listing)).toMatchObject({ outcome: 'nothing is gone', count: 0 });
  });

  it('is not said of one that was recorded after the list was read', async () => {
    const { listing } = await listed('expenses');
    stage.sandbox.world.clock.advance(1_000);
    await billed('expense', enterExpense(stage.sandbox));
    expect(await look(EXPENSES_RECIPE, listing)).toMatchObject({ outcome: 'nothing is gone' });
  });

  it('is not believed of most of them at once', async () => {
    const ids = Array.from({ length: 4 }, () => enterExpense(stage.sandbox));
    for (const id of ids) await billed('expense', id);
    for (const id of ids) stage.sandbox.admin.remove('zoho-books', 'expenses', id);
    const { listing } = await listed('expenses');

    const recipe = `${EXPENSES_RECIPE}brakes: { shrink: { share: 0, atLeast: 0 } }\n`;
    const outcome = await call('creates.xero_gone.operation.perform', 'xero', { recipe, listing });

    expect(wordFor(outcome)).toContain('Zoho lists no expenses, of which 4 are in Xero');
  });
});

describe('an invoice that is gone from Zoho Books', () => {
  it('is asked about, and others are left alone', async () => {
    const id = enterBooksInvoice(stage.sandbox, 'INV-000012');
    const stays = enterBooksInvoice(stage.sandbox, 'INV-000013');
    await billed('invoice', id);
    await billed('invoice', stays);
    stage.sandbox.admin.remove('zoho-books', 'invoices', id);
    const { listing } = await listed('invoices');

    expect(await look(ZOHO_INVOICE_RECIPE, listing)).toMatchObject({
      outcome: 'differs',
      count: 1,
      questions: [{ subject: id, documentNumber: 'INV-000012', code: 'DOCUMENT_EMPTY' }],
    });
  });
});

it('takes nothing but a list', async () => {
  const outcome = await call('creates.xero_gone.operation.perform', 'xero', {
    recipe: EXPENSES_RECIPE,
    listing: '[]',
  });
  expect(wordFor(outcome)).toContain('Listing for Billing Steps');
});
