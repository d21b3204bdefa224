import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { chainOf } from '../n8n/chain.ts';
import { XERO_WEBHOOK_KEY } from '../n8n/sandbox-credentials.ts';
import { activate, deactivate, itemsOf, listExecutions, readExecution, waitFor } from '../n8n/workflows.ts';
import {
  AUDIENCE,
  addPartnerField,
  linesOfContacts,
  linesOfMembers,
  readContacts,
  readMembers,
} from '../people.ts';
import { contactSyncNode, MAILCHIMP_TELLS, triggerNode, WHOM_THE_TRIGGER_NAMES } from '../people-recipe.ts';
import { templateNames } from '../templates.ts';
import { OneN8n } from './one-n8n.ts';

let n8n: OneN8n;
beforeAll(async () => {
  n8n = await OneN8n.open();
});
afterAll(() => n8n?.[Symbol.asyncDispose]());

test("the pack's own triggers carry people across, a poll one way and a webhook the other, before and after a restart", async () => {
  await addPartnerField(n8n.systems);
  const looksAtThem = contactSyncNode(n8n.credentials, WHOM_THE_TRIGGER_NAMES);
  const salesforce = triggerNode(n8n.credentials, 'stackbridgeSalesforceTrigger');
  const mailchimp = triggerNode(n8n.credentials, 'stackbridgeMailchimpTrigger', MAILCHIMP_TELLS);
  const fromSalesforce = await n8n.create(chainOf('Salesforce polled', [salesforce, looksAtThem]));
  const fromMailchimp = await n8n.create(chainOf('Mailchimp tells', [mailchimp, looksAtThem]));
  await activate(n8n.client, fromSalesforce);
  await activate(n8n.client, fromMailchimp);
  await enterOnEachSide('first');
  await waitFor('both people in both systems', () => whenBothHold(people('first')), 200_000);

  await n8n.restart();
  await enterOnEachSide('second');
  const everybody = [...people('first'), ...people('second')].sort();
  await waitFor('all four people in both systems', () => whenBothHold(everybody), 200_000);
  await deactivate(n8n.client, fromSalesforce);
  await deactivate(n8n.client, fromMailchimp);
  // n8n answers before it has taken the webhook down.
  await waitFor('the webhook to be gone', whenNoWebhook);

  expect(linesOfContacts(await readContacts(n8n.systems))).toStrictEqual(everybody);
  expect(linesOfMembers(await readMembers(n8n.systems))).toStrictEqual(everybody);
}, 900_000);

test("Xero's webhook shows its intent to receive, starts the workflow with signed deliveries, and with no others", async () => {
  const xero = triggerNode(n8n.credentials, 'stackbridgeXeroTrigger');
  const workflowId = await n8n.create(
    chainOf('Xero tells', [
      xero,
      { name: 'Seen', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} },
    ]),
  );
  await activate(n8n.client, workflowId);
  const url = `${n8n.client.baseUrl}/webhook/${xero.webhookId}/webhook`;
  await n8n.systems.admin('POST', 'xero/webhook', { url, key: XERO_WEBHOOK_KEY });

  // Xero waits five seconds for an answer, and people press its button again.
  await waitFor('the intent to receive', whenActive);
  const contact = await create('contacts', { Name: 'Acme' });
  const invoice = await create('invoices', {
    Type: 'ACCREC',
    Contact: { ContactID: contact },
    LineItems: [{ Description: 'Work', Quantity: '1', UnitAmount: '100', AccountCode: '200' }],
  });
  await n8n.systems.admin('POST', 'xero/webhook-deliveries', {});
  const seen = await waitFor('the execution', () => firstSeen(workflowId));
  // Spaces are part of what is signed: n8n must hand on the body as it came in.
  const body = `{ "events": [ ], "lastEventSequence": 0, "firstEventSequence": 0, "entropy": "é" }`;
  const answers = [await deliver(url, body, signed(body)), await deliver(url, body, signed(`${body} `))];

  expect(seen).toMatchObject([{ category: 'INVOICE', type: 'CREATE', id: invoice }]);
  expect(answers).toStrictEqual([
    { status: 200, body: '' },
    { status: 401, body: '' },
  ]);
  expect(await listExecutions(n8n.client, { workflowId })).toHaveLength(1);
}, 300_000);

test('every template is imported, and activated once its credentials are chosen', async () => {
  for (const name of await templateNames()) {
    const workflowId = await n8n.importTemplate(name);
    await activate(n8n.client, workflowId);
    await deactivate(n8n.client, workflowId);
  }
}, 300_000);

/** Two strangers: one whom only Salesforce knows, one whom only Mailchimp knows. */
async function enterOnEachSide(when: string): Promise<void> {
  const contact = { Email: `contact@${when}.test`, FirstName: 'Ada', LastName: 'Lovelace' };
  const member = { email_address: `member@${when}.test`, merge_fields: { FNAME: 'Grace', LNAME: 'Hopper' } };
  await n8n.systems.admin('POST', 'records', { system: 'salesforce', object: 'Contact', values: contact });
  await n8n.systems.admin('POST', 'records', { system: 'mailchimp', list: AUDIENCE, values: member });
}

const people = (when: string): string[] => [
  `contact@${when}.test Ada Lovelace`,
  `member@${when}.test Grace Hopper`,
];

async function whenBothHold(expected: readonly string[]): Promise<true | undefined> {
  const contacts = linesOfContacts(await readContacts(n8n.systems));
  const members = linesOfMembers(await readMembers(n8n.systems));
  return contacts.join() === expected.join() && members.join() === expected.join() ? true : undefined;
}

async function whenNoWebhook(): Promise<true | undefined> {
  const { baseUrl, apiKey } = z
    .object({ baseUrl: z.url(), apiKey: z.string() })
    .parse(n8n.systems.connections.mailchimp);
  const answer = await fetch(`${baseUrl}/lists/${AUDIENCE}/webhooks`, {
    headers: { authorization: `Bearer ${apiKey}` },
  });
  const { webhooks } = z.object({ webhooks: z.array(z.unknown()) }).parse(await answer.json());
  return webhooks.length === 0 ? true : undefined;
}

const made = z.object({ id: z.string() });

async function create(object: string, values: object): Promise<string> {
  return made.parse(await n8n.systems.admin('POST', 'records', { system: 'xero', object, values })).id;
}

const intentShown = z.object({ status: z.string() });

async function whenActive(): Promise<true | undefined> {
  const { status } = intentShown.parse(await n8n.systems.admin('POST', 'xero/intent-to-receive', {}));
  return status === 'active' ? true : undefined;
}

async function firstSeen(workflowId: string) {
  const [first] = await listExecutions(n8n.client, { workflowId, status: 'success' });
  return first === undefined ? undefined : itemsOf(await readExecution(n8n.client, first.id), 'Seen');
}

const signed = (body: string): string => createHmac('sha256', XERO_WEBHOOK_KEY).update(body).digest('base64');

async function deliver(url: string, body: string, signature: string) {
  const headers = { 'content-type': 'application/json', 'x-xero-signature': signature };
  const answer = await fetch(url, { method: 'POST', headers, body });
  return { status: answer.status, body: await answer.text() };
}
