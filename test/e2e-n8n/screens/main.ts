import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startSystems } from '../../bench/simulated-systems.ts';
import { type N8nClient, signInToN8n } from '../n8n/client.ts';
import { type CredentialName, createCredential } from '../n8n/credentials.ts';
import { type NodeType, PACK, packNodes } from '../n8n/node-types.ts';
import { installPack } from '../n8n/pack.ts';
import { startN8n } from '../n8n/process.ts';
import { connectAll, keyDraft, type PackCredentials } from '../n8n/sandbox-credentials.ts';
import { createWorkflow } from '../n8n/workflows.ts';
import { sayWhatLacks } from '../needs.ts';
import { type Editor, openEditor } from './editor.ts';

const { values } = parseArgs({ options: { out: { type: 'string', default: 'docs/n8n' } } });
sayWhatLacks(['n8n', 'pack', 'chromium']);

const folder = await mkdtemp(join(tmpdir(), 'stackbridge-n8n-screens-'));
try {
  await using systems = await startSystems(folder);
  await systems.admin('POST', 'seed', { contacts: 20 });
  await installPack(folder);
  await mkdir(values.out, { recursive: true });
  const n8n = await startN8n({ folder });
  try {
    const client = await signInToN8n(n8n.baseUrl);
    const credentials = {
      ...(await connectAll(client, systems)),
      stackbridgeMailchimpApi: await createCredential(client, keyDraft(systems)),
    };
    await using editor = await openEditor(client, folder);
    for (const type of await packNodes(client)) {
      const file = join(values.out, `${type.name.slice(PACK.length)}.png`);
      await showNode(client, editor, type, credentials, file);
      process.stdout.write(`${file}\n`);
    }
  } finally {
    await n8n.stop();
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** A node as it is when it has just been put on the canvas, with the sandbox's credentials. */
async function showNode(
  client: N8nClient,
  editor: Editor,
  type: NodeType,
  credentials: PackCredentials,
  file: string,
): Promise<void> {
  const chosen: [string, CredentialName][] = type.credentials.flatMap(({ name }) => {
    const credential = credentials[name];
    return credential === undefined ? [] : [[name, credential]];
  });
  const id = randomUUID();
  const workflowId = await createWorkflow(client, {
    name: type.displayName,
    nodes: [
      {
        id,
        name: type.displayName,
        type: type.name,
        typeVersion: [type.version].flat().at(-1),
        position: [0, 0],
        parameters: {},
        credentials: Object.fromEntries(chosen),
      },
    ],
    connections: {},
  });
  const page = await editor.open(`/workflow/${workflowId}/${id}`);
  await page.getByTestId('node-execute-button').waitFor();
  await page.getByTestId('parameter-input').first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.getByText('Fetching').first().waitFor({ state: 'hidden' });
  await page.screenshot({ path: file });
  await page.close();
}
