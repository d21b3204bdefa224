import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { PackCredentials } from './n8n/sandbox-credentials.ts';
import { type WorkflowJson, workflowSchema } from './n8n/workflows.ts';

const TEMPLATES = fileURLToPath(new URL('../../recipes/n8n/', import.meta.url));

/** Which credentials the nodes of the pack ask for in the templates. */
const ASKED: Readonly<Record<string, readonly string[]>> = {
  'n8n-nodes-stackbridge.stackbridgeContactSync': [
    'stackbridgeSalesforceOAuth2Api',
    'stackbridgeMailchimpOAuth2Api',
  ],
  'n8n-nodes-stackbridge.stackbridgeResolveConflict': [
    'stackbridgeSalesforceOAuth2Api',
    'stackbridgeMailchimpOAuth2Api',
  ],
};

export async function readTemplate(name: string): Promise<WorkflowJson> {
  return workflowSchema.parse(JSON.parse(await readFile(`${TEMPLATES}${name}.json`, 'utf8')));
}

/** What a person does after importing a template: choose the credentials, and nothing else. */
export function withCredentials(workflow: WorkflowJson, credentials: PackCredentials): WorkflowJson {
  return {
    ...workflow,
    nodes: workflow.nodes.map((node) => {
      const chosen = (ASKED[node.type] ?? []).flatMap((type) => {
        const credential = credentials[type];
        return credential === undefined ? [] : [[type, credential] as const];
      });
      return chosen.length === 0 ? node : { ...node, credentials: Object.fromEntries(chosen) };
    }),
  };
}

/** Test time: what fires every 15 minutes fires every minute. */
export function everyMinute(workflow: WorkflowJson): WorkflowJson {
  const rule = { interval: [{ field: 'minutes', minutesInterval: 1 }] };
  return {
    ...workflow,
    nodes: workflow.nodes.map((node) =>
      node.type === 'n8n-nodes-base.scheduleTrigger' ? { ...node, parameters: { rule } } : node,
    ),
  };
}
