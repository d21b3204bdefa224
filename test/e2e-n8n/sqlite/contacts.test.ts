import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { activate, deactivate, itemsOf, listExecutions, readExecution, waitFor } from '../n8n/workflows.ts';
import { AUDIENCE, linesOfContacts, linesOfMembers, readContacts, readMembers } from '../people.ts';
import { answerForm } from './answer-form.ts';
import { OneN8n } from './one-n8n.ts';

let n8n: OneN8n;
beforeAll(async () => {
  n8n = await OneN8n.open();
});
afterAll(() => n8n?.[Symbol.asyncDispose]());

test('the template of contacts keeps both systems in step, and waits for a person through a restart', async () => {
  await enterContact('ada@lovelace.test', 'Ada', 'Lovelace');
  await enterMember('grace@hopper.test', 'Grace', 'Hopper');
  const workflowId = await n8n.importTemplate('contacts-two-way');
  await activate(n8n.client, workflowId);
  await waitFor('both people to be in both systems', () => whenBothHold(TWO_PEOPLE), 200_000);

  await deactivate(n8n.client, workflowId);
  await editBoth('ada@lovelace.test', { inSalesforce: 'King', inMailchimp: 'Byron' });
  await activate(n8n.client, workflowId);
  const waiting = await waitFor('the conflict to wait for a person', () => firstWaiting(workflowId), 200_000);
  await n8n.restart();
  await answerForm(waiting.link, 'Mailchimp');
  await waitFor('the decision to reach both systems', () => whenBothHold(DECIDED), 200_000);
  await deactivate(n8n.client, workflowId);

  expect(waiting.issue).toMatchObject({ field: 'LastName ↔ LNAME', salesforce: 'King', mailchimp: 'Byron' });
  expect(linesOfContacts(await readContacts(n8n.systems))).toStrictEqual(DECIDED);
  expect(linesOfMembers(await readMembers(n8n.systems))).toStrictEqual(DECIDED);
}, 900_000);

test('the template of errors says which workflow has failed, where and why, and what to do', async () => {
  const errors = await n8n.importTemplate('errors');
  await activate(n8n.client, errors);
  const workflowId = await n8n.importTemplate('contacts-two-way', { errorWorkflow: errors });
  const revoked = { system: 'salesforce', times: 0, effect: { kind: 'revoke' } };
  await n8n.systems.admin('POST', 'faults', revoked);
  await activate(n8n.client, workflowId);

  const told = await waitFor('the error workflow to run', () => firstTold(errors), 200_000);
  await deactivate(n8n.client, workflowId);

  expect(told).toStrictEqual({
    message: expect.stringMatching(
      /^Stackbridge: contacts both ways stopped at Contact Sync: .*salesforce.* Open the credential and connect it again/,
    ),
    link: expect.stringContaining(`/workflow/${workflowId}/executions/`),
  });
}, 400_000);

const TWO_PEOPLE = ['ada@lovelace.test Ada Lovelace', 'grace@hopper.test Grace Hopper'];
const DECIDED = ['ada@lovelace.test Ada Byron', 'grace@hopper.test Grace Hopper'];

async function enterContact(Email: string, FirstName: string, LastName: string): Promise<void> {
  const values = { Email, FirstName, LastName };
  await n8n.systems.admin('POST', 'records', { system: 'salesforce', object: 'Contact', values });
}

async function enterMember(email_address: string, FNAME: string, LNAME: string): Promise<void> {
  const values = { email_address, merge_fields: { FNAME, LNAME } };
  await n8n.systems.admin('POST', 'records', { system: 'mailchimp', list: AUDIENCE, values });
}

async function editBoth(
  address: string,
  { inSalesforce, inMailchimp }: { readonly inSalesforce: string; readonly inMailchimp: string },
): Promise<void> {
  const contact = (await readContacts(n8n.systems)).find(({ Email }) => Email === address);
  const member = (await readMembers(n8n.systems)).find(({ email_address }) => email_address === address);
  await n8n.systems.admin('PATCH', 'records', {
    system: 'salesforce',
    object: 'Contact',
    id: contact?.Id,
    values: { LastName: inSalesforce },
  });
  await n8n.systems.admin('PATCH', 'records', {
    system: 'mailchimp',
    list: AUDIENCE,
    id: member?.contact_id,
    values: { merge_fields: { LNAME: inMailchimp } },
  });
}

async function whenBothHold(people: readonly string[]): Promise<true | undefined> {
  const contacts = linesOfContacts(await readContacts(n8n.systems));
  const members = linesOfMembers(await readMembers(n8n.systems));
  return contacts.join() === people.join() && members.join() === people.join() ? true : undefined;
}

const asked = z.looseObject({ link: z.string(), issues: z.looseObject({ field: z.string() }) });

async function firstWaiting(workflowId: string) {
  const [waiting] = await listExecutions(n8n.client, { workflowId, status: 'waiting' });
  if (waiting === undefined) return undefined;
  const [item] = itemsOf(await readExecution(n8n.client, waiting.id), 'Link for a person');
  const { link, issues } = asked.parse(item);
  return { link, issue: issues };
}

async function firstTold(workflowId: string) {
  const [told] = await listExecutions(n8n.client, { workflowId, status: 'success' });
  return told === undefined
    ? undefined
    : itemsOf(await readExecution(n8n.client, told.id), 'What to tell')[0];
}
