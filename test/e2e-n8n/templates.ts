import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { NodeType } from './n8n/node-types.ts';
import type { PackCredentials } from './n8n/sandbox-credentials.ts';
import { type WorkflowJson, workflowSchema } from './n8n/workflows.ts';

const TEMPLATES = fileURLToPath(new URL('../../recipes/n8n/', import.meta.url));

/** Names of all templates, without their ending. */
export async function templateNames(): Promise<string[]> {
  const files = await readdir(TEMPLATES);
  return files.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
}

export async function readTemplate(name: string): Promise<WorkflowJson> {
  return workflowSchema.parse(JSON.parse(await readFile(`${TEMPLATES}${name}.json`, 'utf8')));
}

/** What a person does after importing a template: choose the credentials that the nodes ask for, and nothing else. */
export function withCredentials(
  workflow: WorkflowJson,
  types: readonly NodeType[],
  credentials: PackCredentials,
): WorkflowJson {
  return {
    ...workflow,
    nodes: workflow.nodes.map((node) => {
      const asked = types.find(({ name }) => name === node.type)?.credentials ?? [];
      const chosen = asked.flatMap(({ name }) => {
        const credential = credentials[name];
        return credential === undefined ? [] : [[name, credential] as const];
      });
      return chosen.length === 0 ? node : { ...node, credentials: Object.fromEntries(chosen) };
    }),
  };
}

/** Test time: what fires or polls every 15 minutes, or nightly, does so every minute. */
export function everyMinute(workflow: WorkflowJson): WorkflowJson {
  const rule = { interval: [{ field: 'minutes', minutesInterval: 1 }] };
  const pollTimes = { item: [{ mode: 'everyMinute' }] };
  return {
    ...workflow,
    nodes: workflow.nodes.map((node) => {
      if (node.type === 'n8n-nodes-base.scheduleTrigger') return { ...node, parameters: { rule } };
      if ('pollTimes' in node.parameters) return { ...node, parameters: { ...node.parameters, pollTimes } };
      return node;
    }),
  };
}
