import { z } from 'zod';
import { parseExactBody } from '../../http/exact-json.ts';
import type { SystemClient } from '../../http/system-client.ts';
import { idOf, Reference, ZohoId } from './identity.ts';
import { pagesOf, rowsUnder, unknownShape } from './listing.ts';

const WorkItemRow = z.object({
  id: ZohoId,
  milestone: Reference,
  phase: Reference,
  milestone_id: Reference,
  phase_id: Reference,
});
type WorkItemRow = z.infer<typeof WorkItemRow>;

/** Tells which milestone tasks or issues belong to: time logs do not say. */
export interface WorkItems {
  /** By item; none for an item on no milestone, and for one that is gone. */
  milestonesOf(itemIds: ReadonlySet<string>): Promise<ReadonlyMap<string, string | undefined>>;
}

/**
 * The tasks, or the issues, of one project. Their listing is read as far as it tells of items that are asked for, so that
 * its end is of no interest; the last one missing, and what the listing does not have, is asked for by itself.
 */
export function createWorkItems(
  client: SystemClient,
  projectPath: string,
  kind: 'tasks' | 'issues',
): WorkItems {
  const path = `${projectPath}/${kind}`;
  const known = new Map<string, string | undefined>();
  const listing = { path, rowsOf: rowsUnder(WorkItemRow, kind, 'bugs'), idOf: ({ id }: WorkItemRow) => id };
  const next = pagesOf(client, listing);
  let isBegun = false;
  let isAtEnd = false;

  async function readPage(): Promise<void> {
    const { fresh, isLast } = await next();
    isBegun = true;
    isAtEnd = isLast;
    for (const row of fresh) known.set(row.id, milestoneIn(row));
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
    async milestonesOf(itemIds) {
      const missing = (): string[] => [...itemIds].filter((id) => !known.has(id));
      while (!isAtEnd && missing().length > (isBegun ? 1 : 0)) await readPage();
      for (const id of missing()) known.set(id, await askFor(id));
      return known;
    },
  };
}

function wraps(body: unknown, key: string): boolean {
  return typeof body === 'object' && body !== null && key in body;
}

function milestoneIn(row: WorkItemRow): string | undefined {
  return idOf(row.milestone) ?? idOf(row.phase) ?? idOf(row.milestone_id) ?? idOf(row.phase_id);
}
