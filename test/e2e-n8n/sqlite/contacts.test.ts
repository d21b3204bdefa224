import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { type SimulatedSystems, startSystems } from '../../bench/simulated-systems.ts';
import { type N8nClient, signInToN8n } from '../n8n/client.ts';
import { installPack } from '../n8n/pack.ts';
import { type N8nProcess, startN8n } from '../n8n/process.ts';
import { connectAll, type PackCredentials } from '../n8n/sandbox-credentials.ts';
import {
  activate,
  createWorkflow,
  deactivate,
  itemsOf,
  listExecutions,
  readExecution,
  waitFor,
} from '../n8n/workflows.ts';
import { AUDIENCE, linesOfContacts, linesOfMembers, readContacts, readMembers } from '../people.ts';
import { everyMinute, readTemplate, withCredentials } from '../templates.ts';

let folder: string;
let systems: SimulatedSystems;
let n8n: N8nProcess;
let client: N8nClient;
let credentials: PackCredentials;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stackbridge-n8n-sqlite-'));
  systems = await startSystems(folder);
  await installPack(folder);
  n8n = await startN8n({ folder });
  client = await signInToN8n(n8n.baseUrl);
  credentials = await connectAll(client, systems);
});
afterAll(async () => {
  await n8n?.stop();
  await systems?.[Symbol.asyncDispose]();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

test('the template of contacts keeps both systems in step, and waits for a person through a restart', async () => {
  const errors = await createWorkflow(client, await readTemplate('errors'));
  const template = withCredentials(await readTemplate('contacts-two-way'), credentials);
  const workflow = { ...template, settings: { ...template.settings, errorWorkflow: errors } };
  await enterContact('ada@lovelace.test', 'Ada', 'Lovelace');
  await enterMember('grace@hopper.test', 'Grace', 'Hopper');

  const workflowId = await createWorkflow(client, everyMinute(workflow));
  await activate(client, workflowId);
  await waitFor('both people to be in both systems', () => whenBothHold(TWO_PEOPLE), 200_000);

  await deactivate(client, workflowId);
  await editBoth('ada@lovelace.test', { inSalesforce: 'King', inMailchimp: 'Byron' });
  await activate(client, workflowId);
  const waiting = await waitFor('the conflict to wait for a person', () => firstWaiting(workflowId), 200_000);
  await n8n.stop();
  n8n = await startN8n({ folder });
  client = await signInToN8n(n8n.baseUrl);
  await answerForm(waiting.link, 'Mailchimp');
  await waitFor('the decision to reach both systems', () => whenBothHold(DECIDED), 200_000);

  expect(waiting.issue).toMatchObject({ field: 'LastName ↔ LNAME', salesforce: 'King', mailchimp: 'Byron' });
  expect(linesOfContacts(await readContacts(systems))).toStrictEqual(DECIDED);
  expect(linesOfMembers(await readMembers(systems))).toStrictEqual(DECIDED);
}, 900_000);

const TWO_PEOPLE = ['ada@lovelace.test Ada Lovelace', 'grace@hopper.test Grace Hopper'];
const DECIDED = ['ada@lovelace.test Ada Byron', 'grace@hopper.test Grace Hopper'];

async function enterContact(Email: string, FirstName: string, LastName: string): Promise<void> {
  const values = { Email, FirstName, LastName };
  await systems.admin('POST', 'records', { system: 'salesforce', object: 'Contact', values });
}

async function enterMember(email_address: string, FNAME: string, LNAME: string): Promise<void> {
  const values = { email_address, merge_fields: { FNAME, LNAME } };
  await systems.admin('POST', 'records', { system: 'mailchimp', list: AUDIENCE, values });
}

async function editBoth(
  address: string,
  { inSalesforce, inMailchimp }: { readonly inSalesforce: string; readonly inMailchimp: string },
): Promise<void> {
  const contact = (await readContacts(systems)).find(({ Email }) => Email === address);
  const member = (await readMembers(systems)).find(({ email_address }) => email_address === address);
  await systems.admin('PATCH', 'records', {
    system: 'salesforce',
    object: 'Contact',
    id: contact?.Id,
    values: { LastName: inSalesforce },
  });
  await systems.admin('PATCH', 'records', {
    system: 'mailchimp',
    list: AUDIENCE,
    id: member?.contact_id,
    values: { merge_fields: { LNAME: inMailchimp } },
  });
}

async function whenBothHold(people: readonly string[]): Promise<true | undefined> {
  const contacts = linesOfContacts(await readContacts(systems));
  const members = linesOfMembers(await readMembers(systems));
  return contacts.join() === people.join() && members.join() === people.join() ? true : undefined;
}

const asked = z.looseObject({ link: z.string(), issues: z.looseObject({ field: z.string() }) });

async function firstWaiting(workflowId: string) {
  const [waiting] = await listExecutions(client, { workflowId, status: 'waiting' });
  if (waiting === undefined) return undefined;
  const [item] = itemsOf(await readExecution(client, waiting.id), 'Link for a person');
  const { link, issues } = asked.parse(item);
  return { link, issue: issues };
}

/** As the page of the form sends it. The port is another one after the restart. */
async function answerForm(link: string, keep: string): Promise<void> {
  const address = new URL(link);
  address.port = new URL(client.baseUrl).port;
  const body = new FormData();
  body.set('field-0', keep);
  const answer = await fetch(address, { method: 'POST', body });
  if (!answer.ok) throw new Error(`The form answered ${answer.status}: ${await answer.text()}`);
}
