import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import type { INodeParameters } from 'n8n-workflow';
import { z } from 'zod';
import type { PlacedNode } from './support/n8n.ts';
import { type N8nProcess, type RemoteN8n, startN8n } from './support/n8n-process.ts';
import { sandboxCredentials } from './support/sandbox-credentials.ts';

const TEMPLATES = fileURLToPath(new URL('../../recipes/n8n/', import.meta.url));
const AUDIENCE = 'aud0000001';
const PACK = 'n8n-nodes-stackbridge.';

const template = z.object({
  name: z.string().startsWith('Stackbridge: '),
  nodes: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      type: z.string(),
      parameters: z.custom<INodeParameters>((given) => typeof given === 'object' && given !== null),
    }),
  ),
  connections: z.record(
    z.string(),
    z.object({
      main: z.array(z.array(z.object({ node: z.string(), type: z.literal('main'), index: z.number() }))),
    }),
  ),
  settings: z.object({ executionOrder: z.literal('v1') }),
});
type Template = z.infer<typeof template>;

const FILES = readdirSync(TEMPLATES).filter((name) => name.endsWith('.json'));
const TEMPLATE_FILES: readonly (readonly [string, Template])[] = FILES.map((name) => [
  name,
  template.parse(JSON.parse(readFileSync(`${TEMPLATES}${name}`, 'utf8'))),
]);
const WORKING = TEMPLATE_FILES.filter(([, { nodes }]) => nodes.some(({ type }) => type.startsWith(PACK)));

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
});
afterEach(() => sandbox.close());

function packNodes({ nodes }: Template): (PlacedNode & { readonly name: string })[] {
  return nodes.flatMap(({ type, name, parameters }) =>
    type.startsWith(PACK) ? [{ type: type.slice(PACK.length), name, parameters }] : [],
  );
}

describe.each(TEMPLATE_FILES)('%s', (_, workflow) => {
  test('connects nodes that there are, each under an id and a name of its own', () => {
    const names = workflow.nodes.map(({ name }) => name);
    const ends = Object.entries(workflow.connections).flatMap(([from, { main }]) => [
      from,
      ...main.flat().map(({ node }) => node),
    ]);
    const ids = workflow.nodes.map(({ id }) => id);

    expect(ends.filter((name) => !names.includes(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

test('no two templates share an id', () => {
  const ids = TEMPLATE_FILES.flatMap(([, { nodes }]) => nodes.map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
});

describe.each(WORKING)('%s', (_, workflow) => {
  test('fills its nodes in as the editor takes them', async () => {
    const faults: string[] = [];
    for (const placed of packNodes(workflow)) faults.push(...(await n8n.faults(placed)));
    expect(faults).toEqual([]);
  });

  test('does its work as it is: the first node of the pack with what its trigger gives', async () => {
    enterPeople();
    enterWork();
    const nodes = packNodes(workflow);
    const trigger = nodes.find(({ type }) => type.endsWith('Trigger'));
    const first = nodes.find(({ type }) => !type.endsWith('Trigger'));
    if (first === undefined) throw new Error('Nothing is done');

    const items = trigger === undefined ? [{}] : (await n8n.poll(trigger)).items;
    const { outputs, error } = await n8n.run(first, items);

    expect(error).toBeUndefined();
    expect(outputs.map((output) => output.length)).toEqual([expect.any(Number), 0, 0]);
    expect(outputs[0]).toContainEqual(
      expect.objectContaining({ json: expect.objectContaining({ outcome: 'applied' }) }),
    );
  });
});

/** A contact, and a member who has just clicked in a campaign. */
function enterPeople(): void {
  sandbox.salesforce.desk.create('Contact', { LastName: 'Lovelace', Email: 'ada@lovelace.test' });
  const reader = 'grace@hopper.test';
  sandbox.salesforce.desk.create('Contact', { LastName: 'Hopper', Email: reader });
  sandbox.mailchimp.desk.create(AUDIENCE, { email_address: reader });
  const campaign = sandbox.admin.create('mailchimp', 'campaigns', { list: AUDIENCE, title: 'Spring' });
  sandbox.admin.act('mailchimp', 'click', { campaign, to: reader, url: 'https://acme.test/spring' });
}

/** A project with a milestone that has just been completed, and an expense that has just been recorded. */
function enterWork(): void {
  const { milestones, expenses } = sandbox.admin.seedZoho({
    projects: 1,
    expenses: 1,
    invoices: 0,
    closed: 0,
  });
  const [milestone] = milestones;
  const [expense] = expenses;
  sandbox.admin.act('zoho-projects', 'close-milestone', { milestone });
  sandbox.admin.edit('zoho-books', 'expenses', expense ?? '', { description: 'Just recorded' });
}
