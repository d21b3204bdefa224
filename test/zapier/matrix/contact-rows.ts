import { expect } from '@jest/globals';
import { AUDIENCE } from '../support/contact-recipe.ts';
import type { Given } from '../support/packaged-app.ts';
import {
  EMAIL,
  enterContact,
  enterMember,
  members,
  NOTHING,
  ONE_RECORD,
  ofMailchimp,
  ofSalesforce,
} from './contact-scenes.ts';
import { failing, forbid, type Row, type Stage } from './row.ts';

/** More than Salesforce gives on a page (2,000), and than Mailchimp does (1,000). */
const MANY_CONTACTS = 2_010;
const MANY_MEMBERS = 1_010;

const contacts = { inputData: { object: 'Contact' } };

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

/** What only reads contacts, leads and members. */
export const CONTACT_ROWS: readonly Row[] = [...changes, ...searches, ...fields, ...choices];

function enterManyMembers({ sandbox }: Stage, status: string): Given {
  for (let n = 0; n < MANY_MEMBERS; n += 1)
    sandbox.mailchimp.desk.create(AUDIENCE, { email_address: `p${n}@people.test`, status });
  return members;
}
