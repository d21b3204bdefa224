import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import { signedIn } from './support/auth-data.ts';
import { PackagedApp } from './support/packaged-app.ts';

const SALESFORCE = 'searches.salesforce_record.operation.perform';
const MAILCHIMP = 'searches.mailchimp_member.operation.perform';

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

function inSalesforce(inputData: Readonly<Record<string, unknown>>, token?: string) {
  const account = signedIn(sandbox).salesforce;
  return app.call(SALESFORCE, {
    authData: token === undefined ? account : { ...account, access_token: token },
    inputData: { object: 'Contact', ...inputData },
  });
}

function inMailchimp(inputData: Readonly<Record<string, unknown>>) {
  return app.call(MAILCHIMP, {
    authData: signedIn(sandbox).mailchimp,
    inputData: { audience: 'aud0000001', ...inputData },
  });
}

describe('the search for a Salesforce record', () => {
  it('finds it by its address, whatever its capital letters, with the fields asked for', async () => {
    const id = sandbox.salesforce.desk.create('Contact', {
      LastName: 'Lovelace',
      Email: 'ada@lovelace.test',
      Department: 'Engines',
    });

    const outcome = await inSalesforce({ value: 'ADA@lovelace.test', moreFields: ['Department'] });

    expect(outcome).toEqual({
      results: [
        {
          id: `${id}-live-${sandbox.world.clock.now()}`,
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

  it('finds nothing without an error, so that a Zap can create what is missing', async () => {
    expect(await inSalesforce({ value: 'nobody@lovelace.test' })).toEqual({ results: [] });
  });

  it('shows the labels that people know', async () => {
    const outcome = await app.call('searches.salesforce_record.operation.outputFields', {
      authData: signedIn(sandbox).salesforce,
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

  it('renews the token that Salesforce does not accept any more', async () => {
    expect(await inSalesforce({ value: 'ada@lovelace.test' }, 'expired')).toEqual({
      error: { name: 'RefreshAuthError', message: 'The sign-in to salesforce has expired' },
    });
  });

  it('is replayed by Zapier while Salesforce is away', async () => {
    sandbox.world.faults.add({
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
  it('finds it by its address in any spelling', async () => {
    const id = sandbox.mailchimp.desk.create('aud0000001', {
      email_address: 'ada@lovelace.test',
      status: 'subscribed',
      merge_fields: { FNAME: 'Ada' },
    });

    const outcome = await inMailchimp({ email: ' Ada@Lovelace.test' });

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

  it('finds nothing without an error', async () => {
    expect(await inMailchimp({ email: 'nobody@lovelace.test' })).toEqual({ results: [] });
  });

  it('hands a long wait to Zapier, with the time that Mailchimp asks for', async () => {
    sandbox.world.faults.add({ system: 'mailchimp', effect: { kind: 'throttle', retryAfterS: 30 } });
    expect(await inMailchimp({ email: 'ada@lovelace.test' })).toEqual({
      error: { name: 'ThrottledError', message: expect.stringContaining('"delay":30') },
    });
  });

  it('says which account it needs when it is given one of another system', async () => {
    const outcome = await app.call(MAILCHIMP, {
      authData: signedIn(sandbox).salesforce,
      inputData: { audience: 'aud0000001', email: 'ada@lovelace.test' },
    });
    expect(outcome).toEqual({
      error: {
        name: 'AppError',
        message: expect.stringContaining(
          'This step works with Mailchimp, but the account chosen for it is signed in to Salesforce.',
        ),
      },
    });
  });

  it('names the audiences that there are when it is given another', async () => {
    const outcome = await inMailchimp({ audience: 'Nonesuch', email: 'ada@lovelace.test' });
    expect(outcome).toEqual({
      error: {
        name: 'AppError',
        message: expect.stringContaining('no audience \\"Nonesuch\\"; it has'),
      },
    });
  });
});

describe('the choices of a field', () => {
  it('are the fields of the live schema, by the name that people know', async () => {
    const outcome = await app.call('triggers.salesforce_fields.operation.perform', {
      authData: signedIn(sandbox).salesforce,
      inputData: { object: 'Contact' },
    });
    expect(outcome).toEqual({
      results: expect.arrayContaining([{ id: 'LastName', label: 'Last Name (LastName)' }]),
    });
  });

  it('are the audiences of the account', async () => {
    const authData = signedIn(sandbox).mailchimp;
    expect(await app.call('triggers.mailchimp_audiences.operation.perform', { authData })).toEqual({
      results: [
        { id: 'aud0000001', label: 'Newsletter' },
        { id: 'aud0000002', label: 'Customers' },
      ],
    });
  });
});
