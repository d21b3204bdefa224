import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import { z } from 'zod';
import { signedIn } from './support/auth-data.ts';
import { addStampFields, CONTACT_RECIPE } from './support/contact-recipe.ts';
import { type Given, type Outcome, PackagedApp } from './support/packaged-app.ts';

const AUDIENCE = 'aud0000001';

/** Every listing that a Zap polls, and the account it reads. */
const POLLED = [
  ['salesforce_record_changed', 'salesforce', { object: 'Contact' }],
  ['salesforce_record_removed', 'salesforce', { object: 'Contact' }],
  ['mailchimp_member_changed', 'mailchimp', { audience: AUDIENCE }],
  ['mailchimp_unsubscribed', 'mailchimp', { audience: AUDIENCE }],
  ['zoho_milestone_completed', 'zoho', {}],
  ['zoho_time_approved', 'zoho', {}],
  ['zoho_expense_recorded', 'zoho', {}],
  ['zoho_invoice_created', 'zoho', {}],
  ['xero_invoice_updated', 'xero', {}],
] as const;

let app: PackagedApp;
let sandbox: Sandbox;

beforeAll(async () => {
  app = await PackagedApp.open();
});
afterAll(() => app.close());
beforeEach(async () => {
  // Each test is somebody else's.
  app.forget();
  // A step looks back from the real time, as Zapier's machines have it.
  sandbox = await startSandbox({ now: new Date().toISOString() });
});
afterEach(() => sandbox.close());

function poll(key: string, given: Given): Promise<Outcome> {
  return app.call(`triggers.${key}.operation.perform`, given);
}

const items = z.array(z.looseObject({ id: z.string() }));
function itemsOf(outcome: Outcome): z.infer<typeof items> {
  return items.parse('results' in outcome ? outcome.results : outcome.error.message);
}

/** People, projects and expenses of the last months. */
function seedEverything(): void {
  sandbox.admin.seed({ contacts: 60 });
  sandbox.admin.seedZoho({ projects: 2 });
}

describe.each(POLLED)('%s', (key, account, inputData) => {
  it('shows each change by an id of its own', async () => {
    seedEverything();
    const given = { authData: signedIn(sandbox)[account], inputData: { ...inputData, lookBack: 720 } };

    const found = itemsOf(await poll(key, given));
    const again = itemsOf(await poll(key, given));

    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    expect(again.map(({ id }) => id)).toEqual(found.map(({ id }) => id));
  });
});

describe('a changed record in Salesforce', () => {
  it('comes newest first, and anew with every change', async () => {
    const authData = signedIn(sandbox).salesforce;
    const { desk } = sandbox.salesforce;
    const ada = desk.create('Contact', { LastName: 'Lovelace', Email: 'ada@lovelace.test' });
    sandbox.world.clock.advance(60_000);
    const grace = desk.create('Contact', { LastName: 'Hopper', Email: 'grace@hopper.test' });
    const before = itemsOf(await poll('salesforce_record_changed', { authData }));
    sandbox.world.clock.advance(60_000);
    desk.edit('Contact', ada, { Title: 'Countess' });

    const after = itemsOf(await poll('salesforce_record_changed', { authData }));

    expect(before.map(({ recordId }) => recordId)).toEqual([grace, ada]);
    expect(after.map(({ recordId }) => recordId)).toEqual([ada, grace]);
    expect(after[1]).toEqual(before[0]);
    expect(after[0]?.id).not.toBe(before[1]?.id);
  });

  it('is left out when it does not fit the condition', async () => {
    const authData = signedIn(sandbox).salesforce;
    sandbox.salesforce.desk.create('Contact', { LastName: 'Curie', MailingCountry: 'France' });
    sandbox.salesforce.desk.create('Contact', { LastName: 'Hopper', MailingCountry: 'United States' });
    const inputData = { filter: "MailingCountry = 'France'" };
    expect(itemsOf(await poll('salesforce_record_changed', { authData, inputData }))).toHaveLength(1);
  });
});

describe('contacts that share an address', () => {
  it('come again when somebody comes to have it too, or moves away', async () => {
    addStampFields(sandbox);
    const authData = signedIn(sandbox).salesforce;
    const inputData = { recipe: CONTACT_RECIPE };
    const { desk } = sandbox.salesforce;
    const idOfAda = async (): Promise<unknown> =>
      itemsOf(await poll('salesforce_record_changed', { authData, inputData })).find(
        ({ recordId }) => recordId === ada,
      )?.id;
    const ada = desk.create('Contact', { LastName: 'Lovelace', Email: 'family@lovelace.test' });

    const alone = await idOfAda();
    const byron = desk.create('Contact', { LastName: 'Byron', Email: 'Family@lovelace.test' });
    const shared = await idOfAda();
    const still = await idOfAda();
    desk.edit('Contact', byron, { Email: 'george@byron.test' });
    const aloneAgain = await idOfAda();

    expect([still, aloneAgain]).toEqual([shared, alone]);
    expect(shared).not.toBe(alone);
  });
});

describe('a removed record in Salesforce', () => {
  it('says whether it was deleted, or where it lives on', async () => {
    const authData = signedIn(sandbox).salesforce;
    const { desk } = sandbox.salesforce;
    const [gone, winner, loser] = ['Gone', 'Winner', 'Loser'].map((name) =>
      desk.create('Contact', { LastName: name, Email: `${name}@people.test` }),
    );
    desk.remove('Contact', gone ?? '');
    sandbox.admin.act('salesforce', 'merge', { winner, losers: [loser] });

    const found = itemsOf(await poll('salesforce_record_removed', { authData }));

    expect(found.map(({ recordId, state, successorId }) => ({ recordId, state, successorId }))).toEqual(
      expect.arrayContaining([
        { recordId: gone, state: 'deleted', successorId: '' },
        { recordId: loser, state: 'merged', successorId: winner },
      ]),
    );
  });
});

/** So many contacts, each of them somebody's member as the recipe has it. */
function contactsWithMembers(count: number): string[] {
  addStampFields(sandbox);
  return moreWithMembers(count);
}

function moreWithMembers(count: number, of = 'first'): string[] {
  return Array.from({ length: count }, (_, n) =>
    sandbox.salesforce.desk.create('Contact', {
      LastName: `P${n}`,
      Email: `p${n}@${of}.test`,
      Member__c: `${of}${n}`,
    }),
  );
}

describe('many linked records that were changed at once', () => {
  const pollChanged = (inputData: Given['inputData'], meta: Given['meta'] = {}) =>
    poll('salesforce_record_changed', {
      authData: signedIn(sandbox).salesforce,
      inputData: { recipe: CONTACT_RECIPE, ...inputData },
      meta,
    });
  const ofZap = (id: string, more: object = {}) => ({ zap: { id }, ...more });

  it('stop the trigger, which says how many, until when and how to let them through', async () => {
    contactsWithMembers(30);

    expect(await pollChanged({})).toMatchObject({
      error: {
        name: 'AppError',
        message: expect.stringMatching(
          /30 of 30 records were changed within an hour in what the recipe carries across, and 20 may be at once; none of them is missed before .+ UTC\. .+Most Changes in One Hour/,
        ),
      },
    });
  });

  it('are shown in the editor, and without a recipe', async () => {
    contactsWithMembers(30);
    const sample = await pollChanged({}, { isLoadingSample: true });
    const unsynced = await pollChanged({ recipe: undefined });
    expect([itemsOf(sample), itemsOf(unsynced)].map(({ length }) => length)).toEqual([30, 30]);
  });

  it('go on with their number, which can be taken back after one check', async () => {
    contactsWithMembers(30);
    await pollChanged({}, ofZap('one'));

    const letThrough = await pollChanged({ mostChanged: 30 }, ofZap('one'));
    const afterwards = await pollChanged({}, ofZap('one'));

    expect([itemsOf(letThrough), itemsOf(afterwards)].map(({ length }) => length)).toEqual([30, 30]);
  });

  it('stay held up while a copy of the Zap previews them', async () => {
    contactsWithMembers(30);
    await pollChanged({}, ofZap('one'));
    const previewed = await pollChanged({ mostChanged: 30 }, ofZap('its copy'));

    const held = await pollChanged({}, ofZap('one'));

    expect(itemsOf(previewed)).toHaveLength(30);
    expect(held).toHaveProperty('error');
  });

  it('are no part of what a Zap has seen that is turned on again with their number', async () => {
    const [first = ''] = contactsWithMembers(1);
    await pollChanged({}, ofZap('one'));
    sandbox.world.clock.advance(60_000);
    moreWithMembers(29, 'later');
    await pollChanged({}, ofZap('one'));

    const seen = await pollChanged({ mostChanged: 30 }, ofZap('one', { isPopulatingDedupe: true }));
    const letThrough = await pollChanged({ mostChanged: 30 }, ofZap('one'));

    expect(itemsOf(seen).map(({ recordId }) => recordId)).toEqual([first]);
    expect(itemsOf(letThrough)).toHaveLength(30);
  });

  it('count for nothing where a Zap is turned on for the first time', async () => {
    contactsWithMembers(30);
    const seen = await pollChanged({}, ofZap('one', { isPopulatingDedupe: true }));
    const afterwards = await pollChanged({}, ofZap('one'));
    expect([itemsOf(seen), itemsOf(afterwards)].map(({ length }) => length)).toEqual([30, 30]);
  });
});

describe('many records that were deleted at once', () => {
  const pollRemoved = (inputData: Given['inputData']) =>
    poll('salesforce_record_removed', {
      authData: signedIn(sandbox).salesforce,
      inputData: { recipe: CONTACT_RECIPE, ...inputData },
    });

  it('stop the trigger, which says how to let them through', async () => {
    for (const id of contactsWithMembers(30).slice(0, 21)) sandbox.salesforce.desk.remove('Contact', id);

    const stopped = await pollRemoved({});
    const letThrough = await pollRemoved({ mostDeleted: 21 });

    expect(stopped).toMatchObject({
      error: {
        name: 'AppError',
        message: expect.stringMatching(
          /21 of 30 records were deleted within an hour, and 20 may go at once; none of them is missed before .+ UTC\. If so much is really gone, choose to let/,
        ),
      },
    });
    expect(itemsOf(letThrough)).toHaveLength(21);
  });

  it('go on where they were deleted one after another', async () => {
    for (const id of contactsWithMembers(21)) {
      sandbox.world.clock.advance(200_000);
      sandbox.salesforce.desk.remove('Contact', id);
    }

    expect(itemsOf(await pollRemoved({}))).toHaveLength(21);
  });
});

describe('a member in Mailchimp', () => {
  it('who unsubscribes is told of by both listings', async () => {
    const authData = signedIn(sandbox).mailchimp;
    const inputData = { audience: AUDIENCE };
    const id = sandbox.mailchimp.desk.create(AUDIENCE, {
      email_address: 'ada@lovelace.test',
      status: 'subscribed',
    });
    const before = itemsOf(await poll('mailchimp_unsubscribed', { authData, inputData }));
    sandbox.world.clock.advance(60_000);
    sandbox.admin.act('mailchimp', 'unsubscribe', { list: AUDIENCE, contact_id: id, by: 'self' });

    const unsubscribed = itemsOf(await poll('mailchimp_unsubscribed', { authData, inputData }));
    const changed = itemsOf(await poll('mailchimp_member_changed', { authData, inputData }));

    expect(before).toEqual([]);
    expect(unsubscribed).toEqual(changed);
    expect(changed).toEqual([
      expect.objectContaining({ recordId: id, fields: expect.objectContaining({ status: 'unsubscribed' }) }),
    ]);
  });
});

describe('a poll for a sync', () => {
  const synced = (given: object) => ({ ...given, recipe: CONTACT_RECIPE });

  it('hands on whoever wants no mail before all others: Zapier begins at the end of the list', async () => {
    addStampFields(sandbox);
    const out = sandbox.salesforce.desk.create('Contact', { LastName: 'Out', HasOptedOutOfEmail: true });
    const left = sandbox.mailchimp.desk.create(AUDIENCE, {
      email_address: 'out@lovelace.test',
      status: 'subscribed',
    });
    sandbox.world.clock.advance(60_000);
    sandbox.salesforce.desk.create('Contact', { LastName: 'Lovelace' });
    sandbox.mailchimp.desk.create(AUDIENCE, { email_address: 'ada@lovelace.test', status: 'subscribed' });
    sandbox.world.clock.advance(60_000);
    sandbox.salesforce.desk.edit('Contact', out, { LastName: 'Out for Good' });
    sandbox.admin.act('mailchimp', 'unsubscribe', { list: AUDIENCE, contact_id: left, by: 'self' });

    const contacts = await poll('salesforce_record_changed', {
      authData: signedIn(sandbox).salesforce,
      inputData: synced({ object: 'Contact' }),
    });
    const members = await poll('mailchimp_member_changed', {
      authData: signedIn(sandbox).mailchimp,
      inputData: synced({ audience: AUDIENCE }),
    });

    const fields = ({ fields }: Readonly<Record<string, unknown>>): unknown => fields;
    expect(itemsOf(contacts).map(fields)).toMatchObject([
      { LastName: 'Lovelace' },
      { LastName: 'Out for Good' },
    ]);
    expect(itemsOf(members).map(fields)).toMatchObject([
      { status: 'subscribed' },
      { status: 'unsubscribed' },
    ]);
  });

  it.each([
    ['salesforce_record_changed', 'salesforce', 'query-more', { object: 'Contact' }],
    ['mailchimp_member_changed', 'mailchimp', 'members.list', { audience: AUDIENCE }],
  ] as const)(
    '%s hands on nobody where a later page is not answered',
    async (key, system, operation, given) => {
      addStampFields(sandbox);
      for (let n = 0; n < 2_010; n += 1) {
        sandbox.salesforce.desk.create('Contact', { LastName: `Number ${n}` });
        sandbox.mailchimp.desk.create(AUDIENCE, { email_address: `p${n}@people.test`, status: 'subscribed' });
      }
      const nth = system === 'mailchimp' ? { nth: 3 } : {};
      sandbox.world.faults.add({
        system,
        operation,
        ...nth,
        times: 0,
        effect: { kind: 'status', status: 500 },
      });

      const outcome = await poll(key, { authData: signedIn(sandbox)[system], inputData: synced(given) });

      expect(outcome).toEqual({
        error: { name: 'AppError', message: expect.stringContaining('"code":"SERVER_ERROR"') },
      });
    },
  );
});

describe('billing', () => {
  it('a completed milestone brings its billable time and expenses as line items', async () => {
    sandbox.admin.seedZoho({ exact: true, projects: 1, milestones: 3, logs: 2 });
    const outcome = await poll('zoho_milestone_completed', { authData: signedIn(sandbox).zoho });
    const found = itemsOf(outcome);
    expect(found).toHaveLength(3);
    expect(found[0]).toEqual(
      expect.objectContaining({
        name: expect.stringMatching(/^Milestone \d{4}$/),
        time: [
          expect.objectContaining({ billable: true, approval: 'approved' }),
          expect.objectContaining({ billable: true, approval: 'approved' }),
        ],
      }),
    );
  });

  it('an invoice in Xero comes anew with every change, its lines as line items', async () => {
    const authData = signedIn(sandbox).xero;
    const contact = sandbox.xero.desk.create('contacts', { Name: 'Acme' });
    const id = sandbox.xero.desk.create('invoices', {
      Type: 'ACCREC',
      InvoiceNumber: 'INV-7',
      Contact: { ContactID: contact },
      LineItems: [{ Description: 'Work', Quantity: '2', UnitAmount: '100', AccountCode: '200' }],
    });
    const [before] = itemsOf(await poll('xero_invoice_updated', { authData }));
    sandbox.world.clock.advance(60_000);
    sandbox.xero.desk.edit('invoices', id, { Reference: 'PO-1' });

    const [after] = itemsOf(await poll('xero_invoice_updated', { authData }));

    expect(before).toEqual(
      expect.objectContaining({
        documentId: id,
        number: 'INV-7',
        lines: [expect.objectContaining({ description: 'Work', quantity: '2', amount: '200.00' })],
      }),
    );
    expect(after).toEqual(expect.objectContaining({ documentId: id, reference: 'PO-1' }));
    expect(after?.id).not.toBe(before?.id);
  });
});
