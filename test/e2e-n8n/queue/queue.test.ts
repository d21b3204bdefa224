import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type SimulatedSystems, startSystems } from '../../bench/simulated-systems.ts';
import { chainOf, webhookNode } from '../n8n/chain.ts';
import { type N8nClient, signInToN8n } from '../n8n/client.ts';
import { connectAll } from '../n8n/sandbox-credentials.ts';
import {
  activate,
  createWorkflow,
  deactivate,
  type Execution,
  listExecutions,
  waitFor,
} from '../n8n/workflows.ts';
import { addPartnerField, linesOfContacts, linesOfMembers, readContacts, readMembers } from '../people.ts';
import { contactSyncNode, MAILCHIMP_TELLS, triggerNode, WHOM_THE_TRIGGER_NAMES } from '../people-recipe.ts';
import { changePeople } from './changes.ts';
import { type Cluster, CONCURRENCY, executionsTakenBy, startCluster } from './cluster.ts';
import { deliver } from './deliver.ts';

/** Changed people, half of them in each system. */
const CHANGES = 1000;
const AT_ONCE = 10;

let folder: string;
let systems: SimulatedSystems;
let cluster: Cluster;
let client: N8nClient;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stackbridge-n8n-queue-'));
  systems = await startSystems(folder);
  cluster = await startCluster(folder);
  client = await signInToN8n(cluster.main.baseUrl);
});
afterAll(async () => {
  await cluster?.[Symbol.asyncDispose]();
  await systems?.[Symbol.asyncDispose]();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

test('a thousand changes reach the other side once, though webhooks come twice and a worker dies', async () => {
  await addPartnerField(systems);
  const credentials = await connectAll(client, systems);
  const path = randomUUID();
  const byWebhook = await createWorkflow(
    client,
    chainOf('Changes by webhook', [webhookNode(path), contactSyncNode(credentials, { lookAt: 'items' })]),
  );
  const looksAtThem = contactSyncNode(credentials, WHOM_THE_TRIGGER_NAMES);
  const salesforce = triggerNode(credentials, 'stackbridgeSalesforceTrigger');
  const mailchimp = triggerNode(credentials, 'stackbridgeMailchimpTrigger', MAILCHIMP_TELLS);
  const workflows = [
    byWebhook,
    await createWorkflow(client, chainOf('Mailchimp tells', [mailchimp, looksAtThem])),
    await createWorkflow(client, chainOf('Salesforce polled', [salesforce, looksAtThem])),
    await createWorkflow(
      client,
      chainOf('Both swept', [everyMinute(), contactSyncNode(credentials, { lookAt: 'changes' })]),
    ),
  ];
  for (const workflow of workflows) await activate(client, workflow);
  const events = await changePeople(systems, CHANGES);

  const address = `${cluster.webhook.baseUrl}/webhook/${path}`;
  const refusedBefore = await deliver(address, events.slice(0, CHANGES), AT_ONCE);
  const [dying, living] = cluster.workers;
  await dying.kill();
  const refusedAfter = await deliver(address, events.slice(CHANGES), AT_ONCE);
  await waitFor('both systems to agree', whenAgreed, 300_000);
  // What polls is stopped, or there would be no end.
  for (const workflow of workflows) await deactivate(client, workflow);
  const ended = await waitFor('every execution to end', () => allEnded(workflows, events.length), 300_000);

  const contacts = linesOfContacts(await readContacts(systems));
  expect(contacts).toStrictEqual(linesOfMembers(await readMembers(systems)));
  expect(new Set(contacts).size).toBe(CHANGES);
  expect(contacts.length).toBe(CHANGES);
  expect([...new Set(ended.map(({ workflowId }) => workflowId))].sort()).toStrictEqual([...workflows].sort());
  // What the dead worker had in hand is gone with it; another webhook or a poll has looked at those people instead.
  // An execution that n8n could not enqueue was answered with 500, and its webhook was sent again.
  expect(ended.filter(({ status }) => status !== 'success').length).toBeLessThanOrEqual(
    CONCURRENCY + refusedBefore + refusedAfter,
  );
  expect((await executionsTakenBy(dying)).size).toBeGreaterThan(0);
  expect((await executionsTakenBy(living)).size).toBeGreaterThan(0);
}, 1_200_000);

async function whenAgreed(): Promise<true | undefined> {
  const contacts = linesOfContacts(await readContacts(systems));
  const members = linesOfMembers(await readMembers(systems));
  return contacts.length >= CHANGES && contacts.join() === members.join() ? true : undefined;
}

async function allEnded(workflowIds: readonly string[], count: number): Promise<Execution[] | undefined> {
  const executions: Execution[] = [];
  for (const workflowId of workflowIds) executions.push(...(await listExecutions(client, { workflowId })));
  const isOver = executions.every(({ stoppedAt }) => stoppedAt !== null);
  return isOver && executions.length > count ? executions : undefined;
}

function everyMinute() {
  return {
    name: 'Every minute',
    type: 'n8n-nodes-base.scheduleTrigger',
    typeVersion: 1.2,
    parameters: { rule: { interval: [{ field: 'minutes', minutesInterval: 1 }] } },
  };
}
