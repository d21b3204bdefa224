import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { N8nClient } from './client.ts';

/** What stands in a workflow's JSON, as far as anything here looks at it. */
export const workflowSchema = z.looseObject({
  name: z.string(),
  nodes: z.array(
    z.looseObject({
      name: z.string(),
      type: z.string(),
      parameters: z.record(z.string(), z.unknown()),
      credentials: z
        .record(z.string(), z.object({ id: z.string().nullable().optional(), name: z.string() }))
        .optional(),
    }),
  ),
  connections: z.record(z.string(), z.unknown()),
  settings: z.record(z.string(), z.unknown()).optional(),
});
export type WorkflowJson = z.infer<typeof workflowSchema>;

const created = z.object({ id: z.string() });

/** @returns the workflow's id */
export async function createWorkflow(client: N8nClient, workflow: WorkflowJson): Promise<string> {
  const { name, nodes, connections, settings = {} } = workflow;
  return (await client.askPublic('POST', '/workflows', created, { name, nodes, connections, settings })).id;
}

const publication = z.object({
  status: z.string(),
  triggers: z.array(z.object({ status: z.string(), errorMessage: z.string().nullish() })),
});

/** Publishes a workflow, and waits until its triggers are registered: n8n answers before they are. */
export async function activate(client: N8nClient, workflowId: string): Promise<void> {
  await client.askPublic('POST', `/workflows/${workflowId}/activate`, z.unknown());
  await waitFor(`the triggers of workflow ${workflowId}`, async () => {
    const { status, triggers } = await client.ask(
      'GET',
      `/workflows/${workflowId}/publication-status`,
      publication,
    );
    const fault = triggers.find(({ errorMessage }) => (errorMessage ?? '') !== '');
    if (fault !== undefined) throw new Error(`A trigger did not start: ${fault.errorMessage}`);
    return status === 'published' ? status : undefined;
  });
}

export async function deactivate(client: N8nClient, workflowId: string): Promise<void> {
  await client.askPublic('POST', `/workflows/${workflowId}/deactivate`, z.unknown());
}

const item = z.looseObject({ json: z.record(z.string(), z.unknown()) });
const nodeRun = z.looseObject({
  executionStatus: z.string().optional(),
  startTime: z.number(),
  executionTime: z.number(),
  data: z.object({ main: z.array(z.array(item).nullable()) }).optional(),
});
const execution = z.looseObject({
  id: z.union([z.string(), z.number()]).transform(String),
  workflowId: z.string(),
  status: z.string(),
  startedAt: z.string().nullable(),
  stoppedAt: z.string().nullable(),
  data: z
    .object({
      resultData: z.object({
        runData: z.record(z.string(), z.array(nodeRun)).default({}),
        error: z.looseObject({ message: z.string() }).optional(),
      }),
    })
    .optional(),
});
export type Execution = z.infer<typeof execution>;

/** Newest first, without their data. */
export async function listExecutions(
  client: N8nClient,
  query: { readonly workflowId: string; readonly status?: string },
): Promise<Execution[]> {
  const found: Execution[] = [];
  let cursor: string | null = null;
  do {
    const search: URLSearchParams = new URLSearchParams({ ...query, limit: '250' });
    if (cursor !== null) search.set('cursor', cursor);
    const page: z.infer<typeof executionPage> = await client.askPublic(
      'GET',
      `/executions?${search}`,
      executionPage,
    );
    found.push(...page.data);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}
const executionPage = z.object({ data: z.array(execution), nextCursor: z.string().nullable() });

export async function readExecution(client: N8nClient, id: string): Promise<Execution> {
  return await client.askPublic('GET', `/executions/${id}?includeData=true`, execution);
}

/** The items a node gave at one of its outputs, over all its runs. */
export function itemsOf(run: Execution, node: string, output = 0): Record<string, unknown>[] {
  return (run.data?.resultData.runData[node] ?? []).flatMap(
    ({ data }) => data?.main[output]?.map(({ json }) => json) ?? [],
  );
}

/** Asks again and again until there is an answer. @throws Error naming what was waited for */
export async function waitFor<Found>(
  what: string,
  look: () => Promise<Found | undefined>,
  withinMs = 120_000,
): Promise<Found> {
  const givesUpAt = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > givesUpAt) throw new Error(`Waited ${withinMs / 1000} s in vain for ${what}`);
    await sleep(250);
  }
}
