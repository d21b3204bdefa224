import { expect } from '@jest/globals';
import { z } from 'zod';
import {
  AUDIENCE,
  addStampFields,
  CONTACT_RECIPE,
  enterForgotten,
  showingOutcomes,
} from '../support/contact-recipe.ts';
import type { Given } from '../support/packaged-app.ts';
import { EMAIL, enterContact, enterMember, ofMailchimp, ofSalesforce } from './contact-scenes.ts';
import { failing, type Row, type Stage } from './row.ts';

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

export const CONTACT_ACTION_ROWS: readonly Row[] = [
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
