import { randomUUID } from 'node:crypto';
import type { CredentialName } from '../n8n/credentials.ts';
import type { WorkflowJson } from '../n8n/workflows.ts';

/** The audience that the sandbox seeds contacts' members into. */
export const AUDIENCE = 'aud0000001';

/** Everybody is known to one system, nobody to the other. */
export type Direction = 'to-mailchimp' | 'to-salesforce';

/** One of the two that are held against each other. */
export interface Side {
  readonly name: string;
  workflow(direction: Direction): WorkflowJson;
}

export interface ChainNode {
  readonly name: string;
  readonly type: string;
  readonly typeVersion: number;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly credentials?: Readonly<Record<string, CredentialName>>;
}

/** A workflow of nodes in a row, which a call of its webhook starts. */
export function chainOf(name: string, nodes: readonly ChainNode[]): WorkflowJson {
  const path = randomUUID();
  const webhook: ChainNode = {
    name: 'Start',
    type: 'n8n-nodes-base.webhook',
    typeVersion: 2,
    parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
  };
  const row = [webhook, ...nodes];
  return {
    name,
    nodes: row.map((node, at) => ({
      ...node,
      parameters: { ...node.parameters },
      credentials: { ...node.credentials },
      id: randomUUID(),
      position: [at * 220, 0],
      ...(node === webhook ? { webhookId: path } : {}),
    })),
    connections: Object.fromEntries(
      nodes.map((node, at) => [row[at]?.name, { main: [[{ node: node.name, type: 'main', index: 0 }]] }]),
    ),
    settings: { executionOrder: 'v1' },
  };
}
