import { z } from 'zod';
import { parseExactBody } from '../../http/exact-json.ts';
import type { SystemClient } from '../../http/system-client.ts';
import { idOf, Reference, ZohoId } from './identity.ts';
import { readListing, rowsUnder, unknownShape } from './listing.ts';

const WorkItemRow = z.object({
  id: ZohoId,
  milestone: Reference,
  phase: Reference,
  milestone_id: Reference,
  phase_id: Reference,
});
type WorkItemRow = z.infer<typeof WorkItemRow>;

/** Tells which milestone a task or issue belongs to: time logs do not say. */
export interface WorkItems {
  /** @returns undefined for a task on no milestone, and for one that is gone */
  milestoneOf(itemId: string): Promise<string | undefined>;
}

/**
 * The tasks, or the issues, of one project. They are listed at the first question; what the listing does not have is
 * asked for by itself.
 */
export function createWorkItems(
  client: SystemClient,
  projectPath: string,
  kind: 'tasks' | 'issues',
): WorkItems {
  const path = `${projectPath}/${kind}`;
  let listed: Promise<Map<string, string | undefined>> | undefined;

  async function list(): Promise<Map<string, string | undefined>> {
    const milestones = new Map<string, string | undefined>();
    const listing = { path, rowsOf: rowsUnder(WorkItemRow, kind, 'bugs'), idOf: ({ id }: WorkItemRow) => id };
    for await (const rows of readListing(client, listing))
      for (const row of rows) milestones.set(row.id, milestoneIn(row));
    return milestones;
  }

  async function askFor(itemId: string): Promise<string | undefined> {
    const answer = await client.send({ method: 'GET', path: `${path}/${itemId}` }, { repeatable: true });
    if (answer.status === 404 || answer.body.trim() === '') return undefined;
    const body = parseExactBody(answer.body, 'zoho-projects');
    const [row] =
      Array.isArray(body) || wraps(body, kind) ? rowsUnder(WorkItemRow, kind)(body) : [rowOf(body)];
    return row === undefined ? undefined : milestoneIn(row);
  }

  function rowOf(body: unknown): WorkItemRow {
    const read = WorkItemRow.safeParse(body);
    if (read.success) return read.data;
    throw unknownShape(kind, read.error);
  }

  return {
    async milestoneOf(itemId) {
      listed ??= list();
      const milestones = await listed;
      if (!milestones.has(itemId)) milestones.set(itemId, await askFor(itemId));
      return milestones.get(itemId);
    },
  };
}

function wraps(body: unknown, key: string): boolean {
  return typeof body === 'object' && body !== null && key in body;
}

function milestoneIn(row: WorkItemRow): string | undefined {
  return idOf(row.milestone) ?? idOf(row.phase) ?? idOf(row.milestone_id) ?? idOf(row.phase_id);
}
