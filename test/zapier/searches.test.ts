import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { signedIn } from './support/auth-data.ts';
import { AUDIENCE, addStampFields, CONTACT_RECIPE } from './support/contact-recipe.ts';
import { usePackagedApp } from './support/use-packaged-app.ts';

const SALESFORCE = 'searches.salesforce_record.operation.perform';
const MAILCHIMP = 'searches.mailchimp_member.operation.perform';

const stage = usePackagedApp();

function inSalesforce(inputData: Readonly<Record<string, unknown>>, token?: string) {
  const account = signedIn(stage.sandbox).salesforce;
  return stage.app.call(SALESFORCE, {
    authData: token === undefined ? account : { ...account, access_token: token },
    inputData: { object: 'Contact', ...inputData },
  });
}

function inMailchimp(inputData: Readonly<Record<string, unknown>>) {
  return stage.app.call(MAILCHIMP, {
    authData: signedIn(stage.sandbox).mailchimp,
    inputData: { audience: AUDIENCE, ...inputData },
  });
}

describe('the search for a Salesforce record', () => {
  it('finds it by its address, whatever its capital letters, with the fields asked for', async () => {
    const id = stage.sandbox.salesforce.desk.create('Contact', {
      LastName: 'Lovelace',
      Email: 'ada@lovelace.test',
      Department: 'Engines',
    });

    const outcome = await inSalesforce({ value: 'ADA@lovelace.test', moreFields: ['Department'] });

    expect(outcome).toEqual({
      results: [
        {
          id: `${id}-live-${stage.sandbox.world.clock.now()}`,
          recordId: id,
          object: 'Contact',
          state: 'live',
          successorId: '',
          modifiedAt: '2026-11-02T08:00:00.000Z',
          fields: expect.objectContaining({ LastName: 'Lovelace', Department: 'Engines' }),
        },
      ],
    });
  });

  it('shows the labels that people know', async () => {
    const outcome = await stage.app.call('searches.salesforce_record.operation.outputFields', {
      authData: signedIn(stage.sandbox).salesforce,
      inputData: { object: 'Lead' },
    });
    expect(outcome).toEqual({
      results: expect.arrayContaining([
        { key: 'recordId', label: 'Record ID' },
        { key: 'fields__Company', label: 'Company' },
        { key: 'fields__HasOptedOutOfEmail', label: 'Email Opt Out', type: 'boolean' },
      ]),
    });
  });

  it('says which field nobody can see, before it asks for it', async () => {
    expect(await inSalesforce({ value: 'a', moreFields: ['Missing__c'] })).toEqual({
      error: {
        name: 'AppError',
        message: expect.stringContaining('sees no field Missing__c of Contact'),
      },
    });
  });

  it('is replayed by Zapier while Salesforce is away', async () => {
    stage.sandbox.world.faults.add({
      system: 'salesforce',
      times: 0,
      effect: { kind: 'status', status: 503, headers: { 'retry-after': '60' } },
    });
    expect(await inSalesforce({ value: 'ada@lovelace.test' })).toEqual({
      error: { name: 'AppError', message: expect.stringContaining('"status":503') },
    });
  });
});

describe('the search for a Mailchimp member', () => {
  it('finds it by its address in any spelling, and by its contact ID', async () => {
    const id = stage.sandbox.mailchimp.desk.create(AUDIENCE, {
      email_address: 'ada@lovelace.test',
      status: 'subscribed',
      merge_fields: { FNAME: 'Ada' },
    });

    const outcome = await inMailchimp({ email: ' Ada@Lovelace.test' });

    expect(await inMailchimp({ email: id })).toEqual(outcome);
    expect(outcome).toEqual({
      results: [
        expect.objectContaining({
          recordId: id,
          object: 'member',
          state: 'live',
          fields: expect.objectContaining({
            status: 'subscribed',
            merge_fields: expect.objectContaining({ FNAME: 'Ada' }),
          }),
        }),
      ],
    });
  });
});

describe('a search with a recipe', () => {
  const packed = z.object({ results: z.tuple([z.object({ record: z.string() })]) });
  const found = (outcome: unknown): unknown => JSON.parse(packed.parse(outcome).results[0].record);

  it('hands on what a sync step takes in of a contact', async () => {
    addStampFields(stage.sandbox);
    const id = stage.sandbox.salesforce.desk.create('Contact', {
      LastName: 'Lovelace',
      Email: 'ada@lovelace.test',
    });

    const outcome = await inSalesforce({ field: 'Id', value: id, recipe: CONTACT_RECIPE });

    expect(found(outcome)).toMatchObject({
      system: 'salesforce',
      record: { id, state: 'live', values: { LastName: 'Lovelace', Email: 'ada@lovelace.test' } },
    });
  });

  it('hands on what a sync step takes in of a member', async () => {
    addStampFields(stage.sandbox);
    const id = stage.sandbox.mailchimp.desk.create(AUDIENCE, {
      email_address: 'ada@lovelace.test',
      status: 'subscribed',
    });

    const outcome = await inMailchimp({ email: 'ada@lovelace.test', recipe: CONTACT_RECIPE });

    expect(found(outcome)).toMatchObject({
      system: 'mailchimp',
      record: { id, state: 'live', values: { status: 'subscribed' } },
    });
  });

  it('marks a contact that the recipe leaves out', async () => {
    addStampFields(stage.sandbox);
    stage.sandbox.salesforce.desk.create('Contact', { LastName: 'Lovelace', Email: 'ada@lovelace.test' });
    const recipe = CONTACT_RECIPE.replace(
      'object: Contact',
      'object: Contact, filter: "LastName = \'King\'"',
    );

    const outcome = await inSalesforce({ value: 'ada@lovelace.test', recipe });

    expect(found(outcome)).toMatchObject({ record: { state: 'filtered' } });
  });
});

describe('the searches in Xero', () => {
  const inXero = (key: string, inputData: Readonly<Record<string, unknown>>) =>
    stage.app.call(`searches.${key}.operation.perform`, {
      authData: signedIn(stage.sandbox).xero,
      inputData,
    });

  it('find a contact by its name or number, those that can be billed first', async () => {
    const id = stage.sandbox.xero.desk.create('contacts', { Name: 'Acme Ltd', ContactNumber: 'ZC-1' });
    const expected = { results: [{ id, name: 'Acme Ltd', number: 'ZC-1', active: true }] };
    expect(await inXero('xero_contact', { value: 'acme ltd' })).toEqual(expected);
    expect(await inXero('xero_contact', { by: 'number', value: 'ZC-1' })).toEqual(expected);
    expect(await inXero('xero_contact', { value: 'Nobody' })).toEqual({ results: [] });
  });

  it('find an account by its code or name', async () => {
    const expected = { results: [expect.objectContaining({ code: '200', name: 'Sales', active: true })] };
    expect(await inXero('xero_account', { account: '200' })).toEqual(expected);
    expect(await inXero('xero_account', { account: 'sales' })).toEqual(expected);
    expect(await inXero('xero_account', { account: 'Nonesuch' })).toEqual({ results: [] });
  });

  it('find an invoice by its number', async () => {
    const contact = stage.sandbox.xero.desk.create('contacts', { Name: 'Acme' });
    const id = stage.sandbox.xero.desk.create('invoices', {
      Type: 'ACCREC',
      InvoiceNumber: 'INV-7',
      Contact: { ContactID: contact },
      LineItems: [{ Description: 'Work', Quantity: '2', UnitAmount: '100', AccountCode: '200' }],
    });
    expect(await inXero('xero_invoice', { number: 'inv-7' })).toEqual({
      results: [expect.objectContaining({ documentId: id, number: 'INV-7', status: 'draft' })],
    });
    expect(await inXero('xero_invoice', { number: 'INV-8' })).toEqual({ results: [] });
    expect(await inXero('xero_invoice', { kind: 'bill', number: 'INV-7' })).toEqual({ results: [] });
  });
});
