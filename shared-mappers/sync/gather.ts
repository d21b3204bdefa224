import type { Link } from '../model/link.ts';
import type { ContactGroup, Known } from '../plan/contact-group.ts';
import type { Scratch, StagedRecord } from '../ports/scratch.ts';
import type { Decision } from '../ports/store.ts';
import type { SyncJob, SyncPorts } from './job.ts';

const GROUPS_AT_ONCE = 500;

/**
 * Takes everything out of the working space again as groups, one a person: linked records with their links, then
 * unlinked ones matched by each key in turn, then those that match nothing.
 */
export async function* gather(
  job: SyncJob,
  ports: Pick<SyncPorts, 'store'>,
  scratch: Scratch,
  known: Known,
): AsyncGenerator<ContactGroup[]> {
  const decisions = Map.groupBy(await ports.store.decisions(job.scope), (decision) => decision.subject);
  for (;;) {
    const groups = await scratch.takeLinked(GROUPS_AT_ONCE);
    if (groups.length === 0) break;
    yield await withLinks(groups, decisions, job, ports, known);
  }
  for (const key of job.matchKeys.keys()) {
    const bothSides = key < job.matchKeys.length - 1;
    for (;;) {
      const groups = await scratch.takeMatching(key, bothSides, GROUPS_AT_ONCE);
      if (groups.length === 0) break;
      yield groups.map((group) => toGroup(group, [], [], known));
    }
  }
  for (;;) {
    const rest = await scratch.takeRest(GROUPS_AT_ONCE);
    if (rest.length === 0) break;
    yield rest.map((record) => toGroup([record], [], [], known));
  }
}

async function withLinks(
  groups: readonly StagedRecord[][],
  decisions: ReadonlyMap<string, Decision[]>,
  job: SyncJob,
  ports: Pick<SyncPorts, 'store'>,
  known: Known,
): Promise<ContactGroup[]> {
  const subjects = groups.map((group) => group[0]?.subject ?? '');
  const links = Map.groupBy(await ports.store.linksByRight(job.scope, subjects), (link) => link.rightId);
  return groups.map((group, index) => {
    const subject = subjects[index] ?? '';
    return toGroup(group, links.get(subject) ?? [], decisions.get(subject) ?? [], known);
  });
}

function toGroup(
  staged: readonly StagedRecord[],
  links: readonly Link[],
  decisions: readonly Decision[],
  known: Known,
): ContactGroup {
  return {
    lefts: staged.filter(({ side }) => side === 'left').map(({ record }) => record),
    rights: staged.filter(({ side }) => side === 'right').map(({ record }) => record),
    links,
    decisions,
    ...known,
  };
}
