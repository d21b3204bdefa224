import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import type { INodeParameters } from 'n8n-workflow';
import { type N8nProcess, type RemoteN8n, startN8n } from './support/n8n-process.ts';
import { sandboxCredentials } from './support/sandbox-credentials.ts';

const AUDIENCE = 'aud0000001';
const HOUR_MS = 3_600_000;
const RECIPE = `
recipe: campaign-activity/v1
name: activity
mailchimp: { audience: Newsletter }
campaigns: { create: true }
to:
  records:
    object: Mailchimp_Engagement__c
    externalId: Event_Key__c
    fields: { contact: Contact__c, type: Type__c }
  tasks: { events: [click], subject: 'Clicked in {campaign}' }
  campaignMembers: { open: Opened, click: Clicked }
`;

let host: N8nProcess;
let sandbox: Sandbox;
let n8n: RemoteN8n;
let campaign: string;

beforeAll(async () => {
  host = await startN8n();
});
afterAll(() => host.close());

/** Two people whom both systems know, one whom Salesforce does not, and a campaign of two days ago. */
beforeEach(async () => {
  sandbox = await startSandbox({ now: new Date(Date.now() - 48 * HOUR_MS).toISOString() });
  n8n = host.with(sandboxCredentials(sandbox));
  for (const name of ['ada', 'bob', 'eve']) {
    sandbox.mailchimp.desk.create(AUDIENCE, { email_address: `${name}@acme.test` });
    if (name !== 'eve')
      sandbox.salesforce.desk.create('Contact', { LastName: name, Email: `${name}@acme.test` });
  }
  campaign = sandbox.admin.create('mailchimp', 'campaigns', { list: AUDIENCE, title: 'Spring' });
  does('ada', 'open');
  sandbox.world.clock.advance(47 * HOUR_MS);
});
afterEach(() => sandbox.close());

function does(who: string, action: string, more: object = {}): void {
  sandbox.admin.act('mailchimp', action, { campaign, to: `${who}@acme.test`, ...more });
}

function push(parameters: INodeParameters = {}, onError?: 'continueRegularOutput') {
  return n8n.run({
    type: 'stackbridgeContactSync',
    parameters: {
      operation: 'pushActivity',
      mailchimpAuthentication: 'apiKey',
      activityRecipe: RECIPE,
      since: new Date(Date.now() - 24 * HOUR_MS).toISOString(),
      ...parameters,
    },
    ...(onError === undefined ? {} : { onError }),
  });
}

const held = (object: string) => sandbox.admin.records('salesforce', object).records;
const written = () =>
  ['Campaign', 'CampaignMember', 'Task', 'Mailchimp_Engagement__c'].map((object) => held(object).length);
const CLICK = { url: 'https://acme.test/spring' };

describe('pushing campaign activity', () => {
  test('takes over what people did since the time, and nothing from before', async () => {
    does('bob', 'click', CLICK);

    const { outputs, error } = await push();

    expect(error).toBeUndefined();
    expect(outputs).toEqual([
      [
        {
          json: {
            outcome: 'applied',
            event: 'click',
            email: 'bob@acme.test',
            at: expect.any(String),
            salesforceId: expect.stringMatching(/^003/),
            campaignId: campaign,
            campaign: 'Spring',
            url: 'https://acme.test/spring',
            detail: '',
            byMachine: false,
            because: '',
          },
          pairedItem: { item: 0 },
        },
      ],
      [],
      [],
    ]);
    expect(held('CampaignMember')).toEqual([expect.objectContaining({ Status: 'Clicked' })]);
    expect(written()).toEqual([1, 1, 1, 1]);
  });

  test('writes nothing twice where it looks back at the same hours again', async () => {
    does('bob', 'open');
    does('bob', 'click', CLICK);
    await push();
    const once = written();

    const { outputs } = await push();

    expect(written()).toEqual(once);
    expect(outputs[2]).toEqual([]);
  });

  test('writes nothing in a preview', async () => {
    does('bob', 'click', CLICK);

    const { outputs } = await push({ operation: 'previewActivity' });

    expect(outputs[0]).toEqual([
      { json: expect.objectContaining({ outcome: 'planned', event: 'click' }), pairedItem: { item: 0 } },
    ]);
    expect(written()).toEqual([0, 0, 0, 0]);
  });

  test('tells of whoever Salesforce does not know, and goes on with the others', async () => {
    does('eve', 'click', CLICK);
    does('bob', 'click', CLICK);

    const { outputs } = await push({ options: { summary: true } });

    expect(outputs[2]).toEqual([
      {
        json: expect.objectContaining({
          outcome: 'failed',
          email: 'eve@acme.test',
          code: 'PERSON_UNKNOWN',
          next: expect.any(String),
        }),
        pairedItem: { item: 0 },
      },
    ]);
    expect(outputs[0]?.map(({ json }) => json)).toEqual([
      expect.objectContaining({ outcome: 'applied', email: 'bob@acme.test' }),
      expect.objectContaining({
        outcome: 'summary',
        counts: { applied: 1, unchanged: 0, excluded: 0, conflicts: 0, failed: 1 },
      }),
    ]);
  });

  test('asks for no recipe that counts what n8n does not keep', async () => {
    const activityRecipe = `${RECIPE}  rollUps: { score: Engagement_Score__c }\n`;

    const { error } = await push({ activityRecipe });

    expect(error).toEqual(
      expect.objectContaining({
        message: 'The recipe counts what people did before, which n8n does not keep',
      }),
    );
  });

  test('hands out what was written before Salesforce closed the door, and the rest with what to do', async () => {
    does('bob', 'click', CLICK);
    does('ada', 'open');
    sandbox.world.faults.add({
      system: 'salesforce',
      method: 'PATCH',
      path: 'Mailchimp_Engagement__c',
      times: 0,
      effect: { kind: 'revoke' },
    });

    const { outputs, error, hints } = await push();

    expect(error).toBeUndefined();
    expect(written()).toEqual([1, 0, 0, 0]);
    expect(outputs[2]?.map(({ json }) => [json.email, json.code, json.next])).toEqual([
      ['ada@acme.test', 'SIGN_IN_EXPIRED', 'Open the credential and connect it again'],
      ['bob@acme.test', 'SIGN_IN_EXPIRED', 'Open the credential and connect it again'],
    ]);
    expect(hints).toContainEqual(
      expect.objectContaining({ message: expect.stringMatching(/^It ended early: /) }),
    );
  });
});
