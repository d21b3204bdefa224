import { randomUUID } from 'node:crypto';
import type { CredentialName } from './credentials.ts';
import type { WorkflowJson } from './workflows.ts';

export interface ChainNode {
  readonly name: string;
  readonly type: string;
  readonly typeVersion: number;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly webhookId?: string;
  readonly credentials?: Readonly<Record<string, CredentialName>>;
}

/** Starts a workflow when `POST /webhook/<path>` is called, and answers before it runs. */
export function webhookNode(path: string): ChainNode {
  return {
    name: 'Start',
    type: 'n8n-nodes-base.webhook',
    typeVersion: 2,
    parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
    webhookId: path,
  };
}

/** A workflow of nodes in a row. */
export function chainOf(name: string, row: readonly [ChainNode, ...ChainNode[]]): WorkflowJson {
  const [, ...nodes] = row;
  return {
    name,
    nodes: row.map((node, at) => ({
      ...node,
      parameters: { ...node.parameters },
      credentials: { ...node.credentials },
      id: randomUUID(),
      position: [at * 220, 0],
    })),
    connections: Object.fromEntries(
      nodes.map((node, at) => [row[at]?.name, { main: [[{ node: node.name, type: 'main', index: 0 }]] }]),
    ),
    settings: { executionOrder: 'v1' },
  };
}
