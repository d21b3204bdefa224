import { expect } from '@jest/globals';
import type { Sandbox } from '@stackbridge/sandbox/start.ts';
import { AUDIENCE } from '../support/contact-recipe.ts';
import { failing, forbid, type Row, type Stage } from './row.ts';

export const EMAIL = 'ada@lovelace.test';
export const ONE_RECORD = [expect.objectContaining({ recordId: expect.any(String) })];
export const NOTHING = { results: [] };

export const members = { inputData: { audience: AUDIENCE } };

export const ofSalesforce = {
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

export const ofMailchimp = {
  account: 'mailchimp',
  system: 'mailchimp',
  refused: {
    scene: () => ({ inputData: { audience: 'Nonesuch', email: EMAIL } }),
    expected: failing('AppError', 'no audience \\"Nonesuch\\"; it has'),
  },
} as const satisfies Partial<Row>;

export function enterContact({ salesforce }: Sandbox, n?: number, Email = EMAIL): string {
  const values = n === undefined ? { LastName: 'Lovelace', Email } : { LastName: `Lovelace ${n}` };
  return salesforce.desk.create('Contact', { FirstName: 'Ada', ...values });
}

export function enterMember({ mailchimp }: Sandbox, status = 'subscribed'): string {
  return mailchimp.desk.create(AUDIENCE, {
    email_address: EMAIL,
    status,
    merge_fields: { FNAME: 'Ada', LNAME: 'Lovelace' },
  });
}
