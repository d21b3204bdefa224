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

function sync(parameters: INodeParameters, items?: readonly IDataObject[]) {
  return n8n.run(
    {
      type: 'stackbridgeContactSync',
      parameters: { operation: 'sync', mailchimpAuthentication: 'apiKey', recipe: RECIPE, ...parameters },
    },
    items,
  );
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
