import { describe, expect, it } from '@jest/globals';
import { signedIn } from './support/auth-data.ts';
import { AUDIENCE, addStampFields, CONTACT_RECIPE } from './support/contact-recipe.ts';
import type { Given, Outcome } from './support/packaged-app.ts';
import { itemsOf } from './support/trigger-items.ts';
import { atRealTime, usePackagedApp } from './support/use-packaged-app.ts';

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

const stage = usePackagedApp(atRealTime);

function poll(key: string, given: Given): Promise<Outcome> {
  return stage.app.call(`triggers.${key}.operation.perform`, given);
}

/** People, projects and expenses of the last months. */
function seedEverything(): void {
  stage.sandbox.admin.seed({ contacts: 60 });
  stage.sandbox.admin.seedZoho({ projects: 2 });
}

describe.each(POLLED)('%s', (key, account, inputData) => {
  it('shows each change by an id of its own', async () => {
    seedEverything();
    const given = { authData: signedIn(stage.sandbox)[account], inputData: { ...inputData, lookBack: 720 } };

    const found = itemsOf(await poll(key, given));
    const again = itemsOf(await poll(key, given));

    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    expect(again.map(({ id }) => id)).toEqual(found.map(({ id }) => id));
  });
});

describe('a changed record in Salesforce', () => {
  it('comes newest first, and anew with every change', async () => {
    const authData = signedIn(stage.sandbox).salesforce;
    const { desk } = stage.sandbox.salesforce;
    const ada = desk.create('Contact', { LastName: 'Lovelace', Email: 'ada@lovelace.test' });
    stage.sandbox.world.clock.advance(60_000);
    const grace = desk.create('Contact', { LastName: 'Hopper', Email: 'grace@hopper.test' });
    const before = itemsOf(await poll('salesforce_record_changed', { authData }));
    stage.sandbox.world.clock.advance(60_000);
    desk.edit('Contact', ada, { Title: 'Countess' });

    const after = itemsOf(await poll('salesforce_record_changed', { authData }));

    expect(before.map(({ recordId }) => recordId)).toEqual([grace, ada]);
    expect(after.map(({ recordId }) => recordId)).toEqual([ada, grace]);
    expect(after[1]).toEqual(before[0]);
    expect(after[0]?.id).not.toBe(before[1]?.id);
  });

  it('is left out when it does not fit the condition', async () => {
    const authData = signedIn(stage.sandbox).salesforce;
    stage.sandbox.salesforce.desk.create('Contact', { LastName: 'Curie', MailingCountry: 'France' });
    stage.sandbox.salesforce.desk.create('Contact', { LastName: 'Hopper', MailingCountry: 'United States' });
    const inputData = { filter: "MailingCountry = 'France'" };
    expect(itemsOf(await poll('salesforce_record_changed', { authData, inputData }))).toHaveLength(1);
  });
});

describe('contacts that share an address', () => {
  it('come again when somebody comes to have it too, or moves away', async () => {
    addStampFields(stage.sandbox);
    const authData = signedIn(stage.sandbox).salesforce;
    const inputData = { recipe: CONTACT_RECIPE };
    const { desk } = stage.sandbox.salesforce;
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
    const authData = signedIn(stage.sandbox).salesforce;
    const { desk } = stage.sandbox.salesforce;
    const [gone, winner, loser] = ['Gone', 'Winner', 'Loser'].map((name) =>
      desk.create('Contact', { LastName: name, Email: `${name}@people.test` }),
    );
    desk.remove('Contact', gone ?? '');
    stage.sandbox.admin.act('salesforce', 'merge', { winner, losers: [loser] });

    const found = itemsOf(await poll('salesforce_record_removed', { authData }));

    expect(found.map(({ recordId, state, successorId }) => ({ recordId, state, successorId }))).toEqual(
      expect.arrayContaining([
        { recordId: gone, state: 'deleted', successorId: '' },
        { recordId: loser, state: 'merged', successorId: winner },
      ]),
    );
  });
});

describe('a member in Mailchimp', () => {
  it('who unsubscribes is told of by both listings', async () => {
    const authData = signedIn(stage.sandbox).mailchimp;
    const inputData = { audience: AUDIENCE };
    const id = stage.sandbox.mailchimp.desk.create(AUDIENCE, {
      email_address: 'ada@lovelace.test',
      status: 'subscribed',
    });
    const before = itemsOf(await poll('mailchimp_unsubscribed', { authData, inputData }));
    stage.sandbox.world.clock.advance(60_000);
    stage.sandbox.admin.act('mailchimp', 'unsubscribe', { list: AUDIENCE, contact_id: id, by: 'self' });

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
    addStampFields(stage.sandbox);
    const out = stage.sandbox.salesforce.desk.create('Contact', {
      LastName: 'Out',
      HasOptedOutOfEmail: true,
    });
    const left = stage.sandbox.mailchimp.desk.create(AUDIENCE, {
      email_address: 'out@lovelace.test',
      status: 'subscribed',
    });
    stage.sandbox.world.clock.advance(60_000);
    stage.sandbox.salesforce.desk.create('Contact', { LastName: 'Lovelace' });
    stage.sandbox.mailchimp.desk.create(AUDIENCE, {
      email_address: 'ada@lovelace.test',
      status: 'subscribed',
    });
    stage.sandbox.world.clock.advance(60_000);
    stage.sandbox.salesforce.desk.edit('Contact', out, { LastName: 'Out for Good' });
    stage.sandbox.admin.act('mailchimp', 'unsubscribe', { list: AUDIENCE, contact_id: left, by: 'self' });

    const contacts = await poll('salesforce_record_changed', {
      authData: signedIn(stage.sandbox).salesforce,
      inputData: synced({ object: 'Contact' }),
    });
    const members = await poll('mailchimp_member_changed', {
      authData: signedIn(stage.sandbox).mailchimp,
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
      addStampFields(stage.sandbox);
      for (let n = 0; n < 2_010; n += 1) {
        stage.sandbox.salesforce.desk.create('Contact', { LastName: `Number ${n}` });
        stage.sandbox.mailchimp.desk.create(AUDIENCE, {
          email_address: `p${n}@people.test`,
          status: 'subscribed',
        });
      }
      const nth = system === 'mailchimp' ? { nth: 3 } : {};
      stage.sandbox.world.faults.add({
        system,
        operation,
        ...nth,
        times: 0,
        effect: { kind: 'status', status: 500 },
      });

      const outcome = await poll(key, {
        authData: signedIn(stage.sandbox)[system],
        inputData: synced(given),
      });

      expect(outcome).toEqual({
        error: { name: 'AppError', message: expect.stringContaining('"code":"SERVER_ERROR"') },
      });
    },
  );
});

describe('billing', () => {
  it('a completed milestone brings its billable time and expenses as line items', async () => {
    stage.sandbox.admin.seedZoho({ exact: true, projects: 1, milestones: 3, logs: 2 });
    const outcome = await poll('zoho_milestone_completed', { authData: signedIn(stage.sandbox).zoho });
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
    const authData = signedIn(stage.sandbox).xero;
    const contact = stage.sandbox.xero.desk.create('contacts', { Name: 'Acme' });
    const id = stage.sandbox.xero.desk.create('invoices', {
      Type: 'ACCREC',
      InvoiceNumber: 'INV-7',
      Contact: { ContactID: contact },
      LineItems: [{ Description: 'Work', Quantity: '2', UnitAmount: '100', AccountCode: '200' }],
    });
    const [before] = itemsOf(await poll('xero_invoice_updated', { authData }));
    stage.sandbox.world.clock.advance(60_000);
    stage.sandbox.xero.desk.edit('invoices', id, { Reference: 'PO-1' });

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
