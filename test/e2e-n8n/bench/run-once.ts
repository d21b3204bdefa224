import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { SimulatedSystems } from '../../bench/simulated-systems.ts';
import type { N8nClient } from '../n8n/client.ts';
import { activate, createWorkflow, deactivate, listExecutions, waitFor } from '../n8n/workflows.ts';
import { AUDIENCE } from '../people.ts';
import type { Direction, Side } from './side.ts';

interface RunOptions {
  readonly client: N8nClient;
  readonly systems: SimulatedSystems;
  readonly side: Side;
  readonly direction: Direction;
  readonly contacts: number;
}

/** What one execution cost. */
export interface Run {
  /** As the sandbox counted them. */
  readonly calls: number;
  readonly seconds: number;
}

const listing = z.object({ total: z.number() });
const WITHIN_MS = 45 * 60_000;

/** Of two systems without people. Everybody on one side, one execution, and everybody has to be on both; sign-ins are not counted. */
export async function runOnce({ client, systems, side, direction, contacts }: RunOptions): Promise<Run> {
  const only = direction === 'to-mailchimp' ? 'salesforce' : 'mailchimp';
  await systems.admin('POST', 'seed', { contacts, exact: true, only });
  const path = randomUUID();
  const workflowId = await createWorkflow(client, side.workflow(direction, path));
  await activate(client, workflowId);
  await systems.takeCallCounts();
  const answer = await fetch(`${client.baseUrl}/webhook/${path}`, { method: 'POST' });
  if (!answer.ok) throw new Error(`The webhook answered ${answer.status}: ${await answer.text()}`);
  const { id, status, startedAt, stoppedAt } = await waitFor(
    `${side.name} ${direction}`,
    async () => (await listExecutions(client, { workflowId })).find((run) => run.stoppedAt !== null),
    WITHIN_MS,
  );
  const counts = await systems.takeCallCounts();
  await deactivate(client, workflowId);
  if (status !== 'success' || startedAt === null || stoppedAt === null)
    throw new Error(`Execution ${id} of ${side.name} ended with ${status}`);
  await expectEverybody(systems, contacts);
  return { calls: callsIn(counts), seconds: (Date.parse(stoppedAt) - Date.parse(startedAt)) / 1000 };
}

async function expectEverybody(systems: SimulatedSystems, contacts: number): Promise<void> {
  for (const place of [
    { system: 'salesforce', object: 'Contact' },
    { system: 'mailchimp', list: AUDIENCE },
  ]) {
    const search = new URLSearchParams({ ...place, limit: '1' });
    const { total } = listing.parse(await systems.admin('GET', `records?${search}`));
    if (total !== contacts) throw new Error(`${place.system} holds ${total} of ${contacts}`);
  }
}

/** The built-in Mailchimp node asks for the account's address before each call; that is counted as a call it is. */
function callsIn(counts: Awaited<ReturnType<SimulatedSystems['takeCallCounts']>>): number {
  return Object.values(counts).reduce((sum, { total }) => sum + total, 0);
}
