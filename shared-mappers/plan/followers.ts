import type { Link } from '../model/link.ts';
import type { SourceRecord } from '../model/record.ts';
import type { StoreChange } from '../ports/store.ts';
import type { ContactGroup, PlanContext } from './contact-group.ts';
import { emailOf } from './subject-of.ts';

/** The CRM records beside the owner, sorted by what they are to the member now. */
export interface Followers {
  /** Every follower's id, read in this run or not. */
  readonly ids: readonly string[];
  readonly read: readonly SourceRecord[];
  readonly newcomers: readonly SourceRecord[];
  /** Followers no longer: deleted, or with another address. */
  readonly lost: readonly string[];
  /** Live records whose address is not the member's (any more): they are planned on their own. */
  readonly strangers: readonly SourceRecord[];
  /** Known followers that have to be read, because the member's address moves away from theirs. */
  readonly unread: readonly string[];
}

/** Most people: one record on each side, and nobody else with the address. */
const NOBODY_ELSE: Followers = { ids: [], read: [], newcomers: [], lost: [], strangers: [], unread: [] };

/** @param keyHash of the address the member will have once this plan is carried out. */
export function sortFollowers(
  group: ContactGroup,
  link: Link,
  keyHash: string,
  context: PlanContext,
): Followers {
  const isAlone = group.links.length === 1 && group.lefts.every((record) => record.id === link.leftId);
  if (isAlone) return NOBODY_ELSE;
  const known = new Set(group.links.filter(({ role }) => role === 'follower').map(({ leftId }) => leftId));
  const others = group.lefts.filter((record) => record.id !== link.leftId);
  const shares = (record: SourceRecord): boolean =>
    record.state === 'live' && context.keyHashOf(emailOf(record, 'left', context)) === keyHash;
  const read = others.filter(shares);
  const apart = others.filter((record) => !shares(record));
  const lost = new Set(apart.map(({ id }) => id).filter((id) => known.has(id)));
  const seen = new Set(others.map(({ id }) => id));
  return {
    ids: [...new Set([...[...known].filter((id) => !lost.has(id)), ...read.map(({ id }) => id)])],
    read,
    newcomers: read.filter(({ id }) => !known.has(id)),
    lost: [...lost],
    strangers: apart.filter(({ state }) => state === 'live'),
    unread: keyHash === link.keyHash ? [] : [...known].filter((id) => !seen.has(id)),
  };
}

export function newFollower(tie: Omit<Link, 'base'>, record: SourceRecord): StoreChange {
  return {
    kind: 'link',
    link: { ...tie, leftId: record.id, leftObject: record.object, role: 'follower' },
    base: {},
  };
}
