import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { signedIn } from './support/auth-data.ts';
import { enterBooksInvoice, ZOHO_INVOICE_RECIPE } from './support/billing-recipes.ts';
import type { Outcome } from './support/packaged-app.ts';
import { Platform } from './support/platform.ts';
import { usePackagedApp } from './support/use-packaged-app.ts';
import { wordFor } from './support/zap-pair.ts';

const stage = usePackagedApp();

const items = z.array(z.looseObject({ id: z.string() }));
type Item = z.output<typeof items>[number];

async function poll(inputData: object = {}): Promise<Item[]> {
  const end = await new Platform(stage.app, stage.sandbox).run('triggers.zoho_invoice_created', 'zoho', {
    ...inputData,
  });
  return items.parse('results' in end ? end.results : end);
}

/** A field of the newest invoice, as a later step takes it. */
async function take(field: string): Promise<unknown> {
  const [found] = await poll();
  const end = await new Platform(stage.app, stage.sandbox).take(found?.[field], 'zoho');
  return 'results' in end ? end.results : end;
}

async function created(): Promise<string> {
  return String(await take('invoice'));
}

function copy(invoice: string, recipe = ZOHO_INVOICE_RECIPE): Promise<Outcome> {
  return stage.app.call(
    'creates.xero_zoho_invoice.operation.perform',
    { authData: signedIn(stage.sandbox).xero, inputData: { recipe, invoice } },
    {},
    stage.sandbox.world.clock,
  );
}

const invoices = () => stage.sandbox.admin.records('xero', 'invoices').records;

describe('an invoice of Zoho Books', () => {
  it('becomes the same invoice in Xero, under its number', async () => {
    enterBooksInvoice(stage.sandbox);
    expect(await copy(await created())).toEqual({
      results: expect.objectContaining({
        outcome: 'created',
        kind: 'sales-invoice',
        number: 'INV-000012',
        status: 'draft',
        total: '22.00',
        totalTax: '2.00',
        lines: [expect.objectContaining({ description: 'Hosting', quantity: '2', amount: '20.00' })],
      }),
    });
  });

  it('is made once when the answer to its creation is lost', async () => {
    enterBooksInvoice(stage.sandbox);
    const invoice = await created();
    const effect = { kind: 'drop-after' } as const;
    stage.sandbox.world.faults.add({ system: 'xero', method: 'PUT', path: '/Invoices', effect });

    await copy(invoice);

    expect(wordFor(await copy(invoice))).toBe('there already');
    expect(invoices()).toHaveLength(1);
  });

  it('says nothing of the others in Xero, which were not handed to it', async () => {
    enterBooksInvoice(stage.sandbox, 'INV-000012');
    await copy(await created());
    stage.sandbox.world.clock.advance(60_000);
    enterBooksInvoice(stage.sandbox, 'INV-000013');
    stage.sandbox.world.calls.recording = true;

    expect(wordFor(await copy(await created()))).toBe('created');

    const read = stage.sandbox.world.calls.list().filter(({ path, method }) => {
      return method === 'GET' && path.includes('/Attachments');
    });
    expect(read).toEqual([]);
  });

  it('of which nothing is due yet says why', async () => {
    const id = enterBooksInvoice(stage.sandbox);
    stage.sandbox.admin.edit('zoho-books', 'invoices', id, { status: 'draft' });
    expect(wordFor(await copy(await created()))).toBe('nothing is due');
  });

  it('shows what the listing says, and reads its lines when a step takes them', async () => {
    const id = enterBooksInvoice(stage.sandbox);
    stage.sandbox.world.calls.clear();

    const [found] = await poll();

    const operations = { 'organizations.list': 1, 'invoices.list': 1 };
    expect(stage.sandbox.world.calls.counts()).toEqual({ 'zoho-books': { total: 2, operations } });
    expect(found).toMatchObject({ invoiceId: id, number: 'INV-000012', status: 'open', total: '22' });
    expect(await take('lines')).toEqual([
      expect.objectContaining({ description: 'Hosting', quantity: '2', unitAmount: '10', account: 'Sales' }),
    ]);
    expect([await take('subTotal'), await take('totalTax'), await take('lineAmounts')]).toEqual([
      '20',
      '2',
      'exclusive',
    ]);
  });

  it('comes in once, or again when it is edited where the step says so', async () => {
    const id = enterBooksInvoice(stage.sandbox);
    const [before] = await poll({ again: 'yes' });
    stage.sandbox.world.clock.advance(60_000);
    stage.sandbox.admin.edit('zoho-books', 'invoices', id, { reference_number: 'PO 7' });

    const [after] = await poll({ again: 'yes' });

    expect(after?.id).not.toBe(before?.id);
    expect((await poll()).map((item) => item.id)).toEqual([id]);
  });

  it('needs what its trigger hands on', async () => {
    expect(wordFor(await copy('INV-000012'))).toContain('Invoice for Billing Steps');
  });
});
