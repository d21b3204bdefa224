import { expect } from '@jest/globals';
import type { Sandbox } from '@stackbridge/sandbox/start.ts';
import { z } from 'zod';
import {
  AUDIENCE,
  addStampFields,
  CONTACT_RECIPE,
  enterForgotten,
  showingOutcomes,
} from '../support/contact-recipe.ts';
import type { Given } from '../support/packaged-app.ts';
import { failing, forbid, type Row, type Stage } from './row.ts';

const EMAIL = 'ada@lovelace.test';
const ONE_RECORD = [expect.objectContaining({ recordId: expect.any(String) })];
const NOTHING = { results: [] };

/** More than Salesforce gives on a page (2,000), and than Mailchimp does (1,000). */
const MANY_CONTACTS = 2_010;
const MANY_MEMBERS = 1_010;

const contacts = { inputData: { object: 'Contact' } };
const members = { inputData: { audience: AUDIENCE } };

const NOBODY_NAMED_LOVELACE = {
  object: 'Contact',
  field: 'LastName',
  forbids: 'Lovelace',
  message: 'We have no Lovelace',
};

const NOTHING_FORGOTTEN = {
  object: 'Contact',
  field: 'Email_Status__c',
  forbids: 'forgotten',
  message: 'We forget nothing',
};

const ofSalesforce = {
  account: 'salesforce',
  system: 'salesforce',
  refused: {
    scene: ({ sandbox }: Stage) => {
      forbid(sandbox, 'salesforce');
      return { inputData: { object: 'Contact', value: EMAIL } };
    },
    expected: failing('ExpiredAuthError', '[ACCESS_DENIED]'),
  },
} as const satisfies Partial<Row>;

const ofMailchimp = {
  account: 'mailchimp',
  system: 'mailchimp',
  refused: {
    scene: () => ({ inputData: { audience: 'Nonesuch', email: EMAIL } }),
    expected: failing('AppError', 'no audience \\"Nonesuch\\"; it has'),
  },
} as const satisfies Partial<Row>;

const fieldsShown = {
  gives: expect.arrayContaining([expect.objectContaining({ label: expect.any(String) })]),
  empty: 'no account is without fields',
  paging: 'all fields come in one answer',
} as const;

const changes: readonly Row[] = [
  {
    ...ofSalesforce,
    method: 'triggers.salesforce_record_changed.operation.perform',
    scene: ({ sandbox }) => {
      enterContact(sandbox);
      return contacts;
    },
    gives: ONE_RECORD,
    empty: { scene: () => contacts, expected: NOTHING },
    paging: {
      scene: ({ sandbox }) => {
        for (let n = 0; n < MANY_CONTACTS; n += 1) enterContact(sandbox, n);
        return contacts;
      },
      count: MANY_CONTACTS,
    },
  },
  {
    ...ofSalesforce,
    method: 'triggers.salesforce_record_removed.operation.perform',
    scene: ({ sandbox }) => {
      sandbox.salesforce.desk.remove('Contact', enterContact(sandbox));
      return contacts;
    },
    gives: [expect.objectContaining({ state: 'deleted' })],
    empty: {
      scene: ({ sandbox }) => {
        enterContact(sandbox);
        return contacts;
      },
      expected: NOTHING,
    },
    paging: {
      scene: ({ sandbox }) => {
        for (let n = 0; n < MANY_CONTACTS; n += 1)
          sandbox.salesforce.desk.remove('Contact', enterContact(sandbox, n));
        return contacts;
      },
      count: MANY_CONTACTS,
    },
  },
  ...['mailchimp_member_changed.operation.perform', 'mailchimp_member_told.operation.performList'].map(
    (name): Row => ({
      ...ofMailchimp,
      method: `triggers.${name}`,
      scene: ({ sandbox }) => {
        enterMember(sandbox);
        return members;
      },
      gives: ONE_RECORD,
      empty: { scene: () => members, expected: NOTHING },
      paging: { scene: (stage) => enterManyMembers(stage, 'subscribed'), count: MANY_MEMBERS },
    }),
  ),
  {
    ...ofMailchimp,
    method: 'triggers.mailchimp_unsubscribed.operation.perform',
    scene: ({ sandbox }) => {
      enterMember(sandbox, 'unsubscribed');
      return members;
    },
    gives: ONE_RECORD,
    empty: {
      scene: ({ sandbox }) => {
        enterMember(sandbox);
        return members;
      },
      expected: NOTHING,
    },
    paging: { scene: (stage) => enterManyMembers(stage, 'unsubscribed'), count: MANY_MEMBERS },
  },
];

/** What turns the instant trigger on, takes a delivery, and turns it off again. */
const webhook: readonly Row[] = [
  {
    ...ofMailchimp,
    method: 'triggers.mailchimp_member_told.operation.performSubscribe',
    writes: true,
    scene: ({ sandbox }) => ({ ...members, targetUrl: listening(sandbox) }),
    gives: expect.objectContaining({ id: expect.any(String), audience: AUDIENCE }),
    refused: {
      ...ofMailchimp.refused,
      expected: failing(
        'AppError',
        'no such audience for this account. Correct what the step is filled in with',
      ),
    },
    empty: {
      scene: ({ sandbox }) => ({ targetUrl: listening(sandbox) }),
      expected: failing('AppError', 'audience: '),
    },
    paging: 'it registers one address',
    replay: 'Zapier gives a Zap a new address each time it is turned on',
  },
  {
    ...ofMailchimp,
    method: 'triggers.mailchimp_member_told.operation.performUnsubscribe',
    writes: true,
    scene: async (stage) => ({ subscribeData: await subscribe(stage) }),
    gives: {},
    empty: { scene: () => ({ subscribeData: {} }), expected: failing('AppError', 'id: ') },
    paging: 'it removes one address',
    refused: 'an address that Mailchimp does not know is one that is removed',
  },
  {
    ...ofMailchimp,
    method: 'triggers.mailchimp_member_told.operation.perform',
    scene: ({ sandbox }) => {
      enterMember(sandbox);
      return delivery(EMAIL);
    },
    gives: ONE_RECORD,
    empty: { scene: () => delivery('nobody@lovelace.test'), expected: NOTHING },
    paging: 'a delivery tells of one member',
    refused: 'a delivery of an audience that is not the one chosen is dropped',
  },
];

/** Mailchimp tries an address out before it takes it. @returns one that answers */
function listening({ baseUrls }: Sandbox): string {
  return `${baseUrls.admin}/clock`;
}

async function subscribe({ sandbox, accounts, call }: Stage): Promise<unknown> {
  const outcome = await call('triggers.mailchimp_member_told.operation.performSubscribe', {
    ...members,
    authData: accounts.mailchimp,
    targetUrl: listening(sandbox),
  });
  return 'results' in outcome ? outcome.results : outcome.error;
}

function delivery(email: string): Given {
  const told = new URLSearchParams({
    type: 'profile',
    fired_at: '2026-11-02 08:00:00',
    'data[list_id]': AUDIENCE,
    'data[email]': email,
  });
  return { ...members, rawRequest: { content: String(told), headers: {} } };
}

const searches: readonly Row[] = [
  {
    ...ofSalesforce,
    method: 'searches.salesforce_record.operation.perform',
    scene: ({ sandbox }) => {
      enterContact(sandbox);
      return { inputData: { object: 'Contact', value: EMAIL } };
    },
    gives: ONE_RECORD,
    empty: { scene: () => ({ inputData: { object: 'Contact', value: EMAIL } }), expected: NOTHING },
    paging: {
      scene: ({ sandbox }) => {
        for (let n = 0; n < MANY_CONTACTS; n += 1) enterContact(sandbox, n);
        return { inputData: { object: 'Contact', field: 'FirstName', value: 'Ada' } };
      },
      count: MANY_CONTACTS,
    },
  },
  {
    ...ofMailchimp,
    method: 'searches.mailchimp_member.operation.perform',
    scene: ({ sandbox }) => {
      enterMember(sandbox);
      return { inputData: { audience: AUDIENCE, email: EMAIL } };
    },
    gives: ONE_RECORD,
    empty: { scene: () => ({ inputData: { audience: AUDIENCE, email: EMAIL } }), expected: NOTHING },
    paging: 'an audience has an address once',
  },
];

const fields: readonly Row[] = [
  ...['triggers.salesforce_record_changed', 'searches.salesforce_record'].map(
    (step): Row => ({
      ...ofSalesforce,
      ...fieldsShown,
      method: `${step}.operation.outputFields.7`,
      scene: () => contacts,
    }),
  ),
  ...[
    'triggers.mailchimp_member_changed',
    'triggers.mailchimp_member_told',
    'triggers.mailchimp_unsubscribed',
    'searches.mailchimp_member',
  ].map(
    (step): Row => ({
      ...ofMailchimp,
      ...fieldsShown,
      method: `${step}.operation.outputFields.7`,
      scene: () => members,
    }),
  ),
];

const choices: readonly Row[] = [
  {
    ...ofSalesforce,
    ...fieldsShown,
    method: 'triggers.salesforce_fields.operation.perform',
    scene: () => contacts,
    gives: expect.arrayContaining([{ id: 'LastName', label: 'Last Name (LastName)' }]),
  },
  {
    ...ofMailchimp,
    method: 'triggers.mailchimp_audiences.operation.perform',
    scene: () => ({}),
    gives: [
      { id: AUDIENCE, label: 'Newsletter' },
      { id: 'aud0000002', label: 'Customers' },
    ],
    empty: 'every account has an audience',
    paging: 'no plan of Mailchimp has more audiences (100) than a page holds (1,000)',
    refused: {
      scene: ({ sandbox }) => {
        forbid(sandbox, 'mailchimp');
        return {};
      },
      expected: failing('ExpiredAuthError', '[ACCESS_DENIED]'),
    },
  },
];

const actions: readonly Row[] = [
  {
    ...ofMailchimp,
    method: 'creates.sync_to_mailchimp.operation.perform',
    writes: true,
    scene: (stage) => delivered(stage, 'salesforce', () => enterContact(stage.sandbox)),
    gives: expect.objectContaining({ outcome: 'applied' }),
    empty: { scene: () => ({}), expected: failing('AppError', 'record: ') },
    paging: 'it writes one member',
    refused: {
      scene: (stage) =>
        delivered(stage, 'salesforce', () => enterContact(stage.sandbox, undefined, 'ada@example.com')),
      expected: failing('HaltedError', 'fake or invalid'),
    },
    replayGives: expect.objectContaining({ outcome: 'unchanged' }),
  },
  {
    ...ofSalesforce,
    method: 'creates.sync_to_salesforce.operation.perform',
    writes: true,
    scene: (stage) => delivered(stage, 'mailchimp', () => enterMember(stage.sandbox)),
    gives: expect.objectContaining({ outcome: 'applied' }),
    empty: { scene: () => ({}), expected: failing('AppError', 'record: ') },
    paging: 'it writes one record',
    refused: {
      scene: (stage) => {
        stage.sandbox.admin.act('salesforce', 'validation-rule', NOBODY_NAMED_LOVELACE);
        return delivered(stage, 'mailchimp', () => enterMember(stage.sandbox));
      },
      expected: failing('HaltedError', NOBODY_NAMED_LOVELACE.message),
    },
    replayGives: expect.objectContaining({ outcome: 'unchanged' }),
  },
  {
    ...ofSalesforce,
    method: 'creates.sync_to_salesforce.operation.perform',
    writes: true,
    scene: toldForGood,
    gives: expect.objectContaining({ outcome: 'excluded', changes: [expect.anything()] }),
    empty: 'that there is no member is what it is told',
    paging: 'it writes one record',
    refused: {
      scene: (stage) => {
        stage.sandbox.admin.act('salesforce', 'validation-rule', NOTHING_FORGOTTEN);
        return toldForGood(stage);
      },
      expected: failing('HaltedError', NOTHING_FORGOTTEN.message),
    },
    replayGives: expect.objectContaining({ outcome: 'excluded', changes: [] }),
  },
  {
    ...ofMailchimp,
    method: 'creates.resolve_conflict.operation.perform',
    writes: true,
    scene: inConflict,
    gives: expect.objectContaining({ outcome: 'applied' }),
    empty: { scene: () => ({}), expected: failing('AppError', 'salesforceId: ') },
    paging: 'it decides one conflict',
    refused: {
      scene: async (stage) => {
        const given = await inConflict(stage);
        for (const method of ['POST', 'PATCH'])
          stage.sandbox.world.faults.add({
            system: 'mailchimp',
            method,
            times: 0,
            effect: { kind: 'status', status: 400 },
          });
        return given;
      },
      expected: failing('HaltedError', '['),
    },
    replayGives: expect.objectContaining({ outcome: 'unchanged' }),
  },
  {
    ...ofMailchimp,
    method: 'creates.mailchimp_leave.operation.perform',
    writes: true,
    scene: ({ sandbox }) => {
      enterMember(sandbox);
      return { inputData: { audience: AUDIENCE, email: EMAIL, how: 'unsubscribe' } };
    },
    gives: expect.objectContaining({ outcome: 'unsubscribed' }),
    empty: {
      scene: () => ({ inputData: { audience: AUDIENCE, email: EMAIL } }),
      expected: { results: expect.objectContaining({ outcome: 'not in the audience' }) },
    },
    paging: 'an audience has an address once',
    replayGives: expect.objectContaining({ outcome: 'unchanged' }),
  },
];

export const CONTACT_ROWS: readonly Row[] = [
  ...changes,
  ...webhook,
  ...searches,
  ...fields,
  ...choices,
  ...actions,
];

function enterContact({ salesforce }: Sandbox, n?: number, Email = EMAIL): string {
  const values = n === undefined ? { LastName: 'Lovelace', Email } : { LastName: `Lovelace ${n}` };
  return salesforce.desk.create('Contact', { FirstName: 'Ada', ...values });
}

function enterMember({ mailchimp }: Sandbox, status = 'subscribed'): string {
  return mailchimp.desk.create(AUDIENCE, {
    email_address: EMAIL,
    status,
    merge_fields: { FNAME: 'Ada', LNAME: 'Lovelace' },
  });
}

function enterManyMembers({ sandbox }: Stage, status: string): Given {
  for (let n = 0; n < MANY_MEMBERS; n += 1)
    sandbox.mailchimp.desk.create(AUDIENCE, { email_address: `p${n}@people.test`, status });
  return members;
}

const items = z.array(z.looseObject({ record: z.string() }));
const TRIGGERS = { salesforce: 'salesforce_record_changed', mailchimp: 'mailchimp_member_changed' } as const;

/** What a sync step is given of a record: the trigger of the other side hands it on. */
async function delivered(
  { sandbox, accounts, call }: Stage,
  from: 'salesforce' | 'mailchimp',
  enter: () => unknown,
  recipe = CONTACT_RECIPE,
): Promise<Given> {
  addStampFields(sandbox);
  enter();
  const outcome = await call(`triggers.${TRIGGERS[from]}.operation.perform`, {
    authData: accounts[from],
    inputData: { object: 'Contact', audience: AUDIENCE, recipe },
  });
  const [item] = items.parse('results' in outcome ? outcome.results : outcome.error);
  return { inputData: { recipe, record: item?.record } };
}

const handedOn = z.object({ record: z.string().min(1) });

/** The step towards Mailchimp was told that the address was forgotten, and hands that on. */
async function toldForGood(stage: Stage): Promise<Given> {
  const { sandbox, accounts, call } = stage;
  enterForgotten(sandbox);
  const { inputData = {} } = await delivered(
    stage,
    'salesforce',
    () => enterContact(sandbox),
    showingOutcomes(CONTACT_RECIPE),
  );
  const refused = await call('creates.sync_to_mailchimp.operation.perform', {
    authData: accounts.mailchimp,
    inputData,
  });
  const { record } = handedOn.parse('results' in refused ? refused.results : refused);
  return { inputData: { ...inputData, record } };
}

const found = z.object({
  salesforceId: z.string(),
  memberId: z.string(),
  conflicts: z.array(z.object({ field: z.string() })).min(1),
});

/** Both sides name the person otherwise, and a person decides for Salesforce. */
async function inConflict(stage: Stage): Promise<Given> {
  const { sandbox, accounts, call } = stage;
  const { inputData = {} } = await delivered(stage, 'salesforce', () => {
    enterContact(sandbox);
    sandbox.mailchimp.desk.create(AUDIENCE, {
      email_address: EMAIL,
      status: 'subscribed',
      merge_fields: { FNAME: 'Ada', LNAME: 'King' },
    });
  });
  const synced = await call('creates.sync_to_mailchimp.operation.perform', {
    authData: accounts.mailchimp,
    inputData,
  });
  const { salesforceId, memberId, conflicts } = found.parse('results' in synced ? synced.results : synced);
  const field = conflicts[0]?.field;
  return { inputData: { ...inputData, salesforceId, memberId, field, keep: 'salesforce' } };
}
