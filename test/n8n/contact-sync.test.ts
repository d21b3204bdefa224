import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { markFields } from '../support/marked-fields.ts';
import { type N8nProcess, type RemoteN8n, startN8n } from './support/n8n-process.ts';
import { sandboxCredentials } from './support/sandbox-credentials.ts';

let host: N8nProcess;
let sandbox: Sandbox;
let n8n: RemoteN8n;

beforeAll(async () => {
  host = await startN8n();
});
afterAll(() => host.close());

beforeEach(async () => {
  sandbox = await startSandbox({ now: new Date().toISOString() });
  n8n = host.with(sandboxCredentials(sandbox));
  markFields({ sandbox });
});
afterEach(() => sandbox.close());

const RECIPE = `
recipe: contact-sync/v1
name: contacts
salesforce: { object: Contact }
mailchimp: { audience: Newsletter }
create: { salesforce: true, mailchimp: true }
base:
  salesforce: Sync_Stamp_Newsletter__c
  mailchimp: STAMP
  partner: { salesforce: Sync_Partner_Newsletter__c, mailchimp: PARTNER }
fields:
  - { salesforce: FirstName, mailchimp: FNAME }
  - { salesforce: LastName, mailchimp: LNAME, policy: review }
consent: { salesforce: HasOptedOutOfEmail }
`;

function enter(FirstName: string): string {
  return sandbox.salesforce.desk.create('Contact', {
    FirstName,
    LastName: 'Lovelace',
    Email: `${FirstName.toLowerCase()}@lovelace.test`,
  });
}

function members() {
  return sandbox.admin.records('mailchimp', 'aud0000001').records;
}

const AS_WRITTEN = { mailchimpAuthentication: 'apiKey', recipeFrom: 'text', recipe: RECIPE };

function sync(parameters: INodeParameters, items?: readonly IDataObject[]) {
  return n8n.run({ type: 'stackbridgeContactSync', parameters: { ...AS_WRITTEN, ...parameters } }, items);
}

describe('Stackbridge Contact Sync', () => {
  test('plans whoever the input names in one go, and pairs each outcome with its item', async () => {
    const [ada, byron] = [enter('Ada'), enter('Byron')];

    const { outputs, error } = await sync({}, [{ salesforceId: ada }, { email: 'byron@lovelace.test' }]);

    expect(error).toBeUndefined();
    expect(outputs).toEqual([
      [
        {
          json: expect.objectContaining({ outcome: 'applied', salesforceId: ada }),
          pairedItem: [{ item: 0 }],
        },
        {
          json: expect.objectContaining({ outcome: 'applied', salesforceId: byron }),
          pairedItem: [{ item: 1 }],
        },
      ],
      [],
      [],
    ]);
    expect(members()).toHaveLength(2);
  });

  test('writes nothing in a preview', async () => {
    enter('Ada');

    const { outputs } = await sync({ operation: 'preview', lookAt: 'everything' });

    expect(outputs[0]).toEqual([
      { json: expect.objectContaining({ outcome: 'planned' }), pairedItem: [{ item: 0 }] },
    ]);
    expect(members()).toEqual([]);
  });
});

const FILLED_IN: INodeParameters = {
  recipeFrom: 'fields',
  audience: { __rl: true, mode: 'list', value: 'aud0000001' },
  fieldMap: {
    mappingMode: 'defineBelow',
    value: { FNAME: 'FirstName', LNAME: 'LastName' },
    matchingColumns: [],
    schema: [],
    attemptToConvertTypes: false,
    convertFieldsToString: false,
  },
  create: ['mailchimp'],
  lookAt: 'everything',
};

describe('a recipe filled in in the editor', () => {
  test('is carried out like a written one, and the merge fields it needs are added', async () => {
    enter('Ada');

    const { outputs, hints, error } = await sync({
      ...FILLED_IN,
      stamps: { stampMergeField: 'OWNSTAMP', partnerMergeField: 'OWNID' },
    });

    expect(error).toBeUndefined();
    expect(outputs[0]).toEqual([
      { json: expect.objectContaining({ outcome: 'applied' }), pairedItem: [{ item: 0 }] },
    ]);
    expect(hints.map(({ message }) => message)).toContain(
      'The merge fields OWNSTAMP and OWNID were added to the audience.',
    );
    expect(members()).toEqual([
      expect.objectContaining({
        email_address: 'ada@lovelace.test',
        merge_fields: expect.objectContaining({ FNAME: 'Ada', LNAME: 'Lovelace' }),
      }),
    ]);
  });

  test('names the fields that an admin has to add in Salesforce', async () => {
    const { error } = await sync({
      ...FILLED_IN,
      stamps: { stampField: 'Absent__c', partnerField: 'Gone__c' },
    });

    expect(error).toEqual({
      name: 'NodeOperationError',
      message:
        'Contact in Salesforce lacks Absent__c (Text, 255 characters) and Gone__c (Text, 50 characters), in which the sync remembers what both sides last agreed on',
      description: expect.stringContaining('Ask an admin to add the fields'),
    });
  });

  test('says what cannot be seen without stamps', async () => {
    const { hints } = await sync({ ...FILLED_IN, base: 'nothing' });

    expect(hints.map(({ message }) => message)).toContain(
      'Nothing is remembered on the records: edits of both sides are no conflict, a changed address is a new person, and deletions are not seen.',
    );
  });

  test('is helped by live lists', async () => {
    const placed = {
      type: 'stackbridgeContactSync',
      parameters: { ...FILLED_IN, mailchimpAuthentication: 'oAuth2' },
    };

    const audiences = await n8n.search(placed, 'searchAudiences', 'news');
    const checkboxes = await n8n.options(placed, 'getCheckboxes');
    const { fields } = await n8n.mapperFields(placed, 'mapFields');

    expect(audiences).toEqual({ results: [{ name: 'Newsletter', value: 'aud0000001' }] });
    expect(checkboxes).toContainEqual({
      name: 'Email Opt Out (HasOptedOutOfEmail)',
      value: 'HasOptedOutOfEmail',
    });
    expect(fields.find(({ id }) => id === 'FNAME')).toEqual(
      expect.objectContaining({
        displayName: 'First Name (FNAME)',
        removed: false,
        options: expect.arrayContaining([{ name: 'First Name (FirstName)', value: 'FirstName' }]),
      }),
    );
  });
});

describe('Stackbridge Resolve Conflict', () => {
  test('carries out what a person has decided about an item of Conflicts', async () => {
    const ada = enter('Ada');
    const first = await sync({ lookAt: 'everything' });
    const member = String(first.outputs[0]?.[0]?.json.memberId);
    sandbox.world.clock.advance(600_000);
    sandbox.salesforce.desk.edit('Contact', ada, { LastName: 'King' });
    sandbox.mailchimp.desk.edit('aud0000001', member, { merge_fields: { LNAME: 'Byron' } });

    const { outputs } = await sync({}, [{ salesforceId: ada }]);
    const [conflict] = outputs[1] ?? [];
    const resolved = await n8n.run(
      {
        type: 'stackbridgeResolveConflict',
        parameters: { ...AS_WRITTEN, field: 'LastName ↔ LNAME', keep: 'mailchimp' },
      },
      [conflict?.json ?? {}],
    );

    expect(conflict?.json).toEqual(
      expect.objectContaining({
        outcome: 'conflict',
        issues: [
          expect.objectContaining({
            field: 'LastName ↔ LNAME',
            salesforce: 'King',
            mailchimp: 'Byron',
            code: 'BOTH_CHANGED',
          }),
        ],
      }),
    );
    expect(resolved.error).toBeUndefined();
    expect(sandbox.admin.records('salesforce', 'Contact').records).toEqual([
      expect.objectContaining({ LastName: 'Byron' }),
    ]);
  });
});

describe('a node that cannot go on', () => {
  test('hands the error on as an item where the workflow wants to continue', async () => {
    const placed = {
      type: 'stackbridgeContactSync',
      parameters: { ...AS_WRITTEN, recipe: 'recipe: contact-sync/v1' },
      onError: 'continueRegularOutput' as const,
    };

    const { outputs } = await n8n.run(placed, [{ salesforceId: 'x' }]);

    expect(outputs[2]).toEqual([
      {
        json: { error: expect.stringContaining('The recipe cannot be used'), next: expect.any(String) },
        pairedItem: [{ item: 0 }],
      },
    ]);
  });

  test('hands out what was written before a system closed the door, and the rest with what to do', async () => {
    enter('Ada');
    sandbox.mailchimp.desk.create('aud0000001', {
      email_address: 'byron@lovelace.test',
      merge_fields: { FNAME: 'Byron', LNAME: 'Lovelace' },
    });
    sandbox.world.faults.add({
      system: 'mailchimp',
      method: 'POST',
      path: '/lists/aud0000001',
      times: 0,
      effect: { kind: 'revoke' },
    });

    const { outputs, error, hints } = await sync({ lookAt: 'everything', options: { summary: true } });

    expect(error).toBeUndefined();
    const [synced = [], conflicts = [], failed = []] = outputs;
    expect([synced.map(({ json }) => json.outcome), conflicts]).toEqual([['applied', 'summary'], []]);
    expect(synced.at(-1)?.json).toEqual(expect.objectContaining({ stoppedBy: 'SIGN_IN_EXPIRED' }));
    expect(failed.map(({ json }) => json)).toEqual([
      expect.objectContaining({
        outcome: 'failed',
        issues: [
          expect.objectContaining({
            code: 'SIGN_IN_EXPIRED',
            next: 'Open the credential and connect it again',
          }),
        ],
      }),
    ]);
    expect(hints).toContainEqual(
      expect.objectContaining({ message: expect.stringMatching(/^It ended early: /) }),
    );
  });

  test('asks to connect the credential again where the sign-in is gone', async () => {
    sandbox.salesforce.expireTokens();
    sandbox.salesforce.revoke();

    const { error } = await n8n.run({
      type: 'stackbridgeContactSync',
      parameters: { ...AS_WRITTEN, lookAt: 'everything' },
    });

    expect(error?.description).toBe('Open the credential and connect it again. (SIGN_IN_EXPIRED)');
  });
});

describe('the credential screen', () => {
  test.each([
    'stackbridgeSalesforceOAuth2Api',
    'stackbridgeMailchimpApi',
    'stackbridgeZohoOAuth2Api',
    'stackbridgeXeroOAuth2Api',
  ])('proves that %s works', async (type) => {
    expect(await n8n.testCredential(type)).toBe(200);
  });
});
