import type { SourceRecord } from '../model/record.ts';
import type { Side } from '../model/side.ts';
import type { Scratch } from '../ports/scratch.ts';
import type { Desk } from './desk.ts';
import { connectorOf } from './job.ts';
import { stage } from './stage.ts';

const LINKS_AT_ONCE = 1000;

/** Linked records that a whole listing did not hold. */
export interface Missing {
  readonly side: Side;
  readonly linked: number;
  readonly ids: readonly string[];
}

/**
 * Compares a whole listing with the links. A listing never proves that a record is gone, it only says where to look;
 * the ids alone are kept, so even a listing that came back empty costs little memory.
 */
export async function findMissing(scratch: Scratch, { job, ports }: Desk): Promise<Missing[]> {
  let linked = 0;
  const missing: Record<Side, string[]> = { left: [], right: [] };
  let after: string | undefined;
  for (;;) {
    const links = await ports.store.links(job.scope, after, LINKS_AT_ONCE);
    const last = links.at(-1);
    if (last === undefined) break;
    after = last.leftId;
    const ours = links.filter((link) => link.leftObject === job.leftObject && link.tombstone === undefined);
    linked += ours.length;
    const staged = {
      left: await scratch.staged(
        'left',
        ours.map((link) => link.leftId),
      ),
      right: await scratch.staged(
        'right',
        ours.map((link) => link.rightId),
      ),
    };
    for (const link of ours) {
      if (!staged.left.has(link.leftId)) missing.left.push(link.leftId);
      if (link.role === 'owner' && !staged.right.has(link.rightId)) missing.right.push(link.rightId);
    }
  }
  return [
    { side: 'left', linked, ids: missing.left },
    { side: 'right', linked, ids: missing.right },
  ];
}

/** Asks for each missing record by its id, and stages what the system says of it. */
export async function readMissing(missing: readonly Missing[], scratch: Scratch, desk: Desk): Promise<void> {
  const { job, ports } = desk;
  for (const { side, ids } of missing) {
    const connector = connectorOf(ports, side);
    for (let at = 0; at < ids.length; at += LINKS_AT_ONCE) {
      const some = ids.slice(at, at + LINKS_AT_ONCE);
      const records = await connector.readByIds(some, job.map.columns[side]);
      await stage(side, records.map(filteredOut), job, ports, scratch, true);
    }
  }
}

/** A live record that the listing left out is outside the recipe's filter: neither deleted nor synced. */
function filteredOut(record: SourceRecord): SourceRecord {
  return record.state === 'live' && record.object !== 'member' ? { ...record, state: 'filtered' } : record;
}
