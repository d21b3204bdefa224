import type { AuditEntry } from '../../model/audit.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Link } from '../../model/link.ts';
import type { Parked } from '../../model/parked.ts';
import type { Decision, Store, StoreChange } from '../../ports/store.ts';
import type { SyncJob } from '../job.ts';
import type { Claims } from './claims.ts';
import { forgetfulStore } from './forgetful-store.ts';

/** A person's answer to a conflict of one pair. */
export interface PairDecision extends Pick<Decision, 'field' | 'take' | 'at'> {
  readonly leftId: string;
  readonly rightId: string;
}

/** What one execution came to, for whoever has no store to ask. */
export interface ExecutionStore extends Store {
  readonly audit: readonly AuditEntry[];
  readonly rows: () => readonly Parked[];
}

/**
 * The sync state of a single execution: links as the records name each other, and as this execution has made them;
 * what it parks and writes is kept for the caller. Nothing of it outlives the execution.
 *
 * @param answers a person's decisions, obeyed in this execution
 */
export function executionStore(
  { scope }: SyncJob,
  claims: Claims,
  answers: readonly PairDecision[],
): ExecutionStore {
  /** By left id; undefined where a link has been undone. */
  const made = new Map<string, Link | undefined>();
  const parked = new Map<string, Parked>();
  const memos = new Map<string, JsonObject>();
  const audit: AuditEntry[] = [];
  const decisions = answers.map(({ leftId: _, rightId, ...answer }) => ({
    ...answer,
    scope,
    subject: rightId,
  }));

  /** Whoever decides about a pair says that it is one, also where the records do not name each other. */
  const decidedOn = (isMeant: (answer: PairDecision) => boolean): Link[] => {
    const answer = answers.find(isMeant);
    return answer === undefined ? [] : [claims.link(answer.leftId, answer.rightId, 'owner')];
  };
  const claimedByLeft = (id: string): Link | undefined =>
    claims.ofLeft(id) ?? decidedOn(({ leftId }) => leftId === id)[0];
  const claimedByRight = (id: string): Link[] => {
    const links = claims.ofRight(id);
    return links.length > 0 ? links : decidedOn(({ rightId }) => rightId === id);
  };
  const ofLeft = (leftId: string): Link | undefined =>
    made.has(leftId) ? made.get(leftId) : claimedByLeft(leftId);
  const ofRight = (rightId: string): Link[] => [
    ...claimedByRight(rightId).filter(({ leftId }) => !made.has(leftId)),
    ...[...made.values()].filter((link) => link?.rightId === rightId).filter((link) => link !== undefined),
  ];
  const all = (): Link[] =>
    [...new Set([...claims.linkedRights(), ...[...made.values()].flatMap((link) => link?.rightId ?? [])])]
      .flatMap(ofRight)
      .sort((one, other) => (one.leftId < other.leftId ? -1 : 1));

  function apply(change: StoreChange): void {
    switch (change.kind) {
      case 'link':
        made.set(change.link.leftId, { ...change.link, base: '' });
        break;
      case 'unlink':
        made.set(change.leftId, undefined);
        break;
      case 'repoint': {
        const link = ofLeft(change.fromLeftId);
        made.set(change.fromLeftId, undefined);
        if (link !== undefined)
          made.set(change.toLeftId, { ...link, leftId: change.toLeftId, leftObject: change.toLeftObject });
        break;
      }
      case 'tombstone':
        for (const link of ofRight(change.rightId))
          made.set(link.leftId, { ...link, tombstone: change.tombstone });
        break;
      case 'park':
        parked.set(rowName(change.parked.subject, change.parked.kind), change.parked);
        break;
      case 'unpark':
        for (const [name, row] of parked) {
          const isMeant =
            row.subject === change.subject && (change.only === undefined || row.kind === change.only);
          if (isMeant) parked.delete(name);
        }
        break;
      case 'audit':
        audit.push(change.entry);
        break;
      case 'memo':
        memos.set(change.name, change.value);
        break;
      case 'intent':
      case 'settle-intent':
      case 'watermark':
      case 'settle-decision':
        // These matter to a later run alone, which begins from the records again.
        break;
    }
  }

  return {
    ...forgetfulStore(),
    audit,
    rows: () => [...parked.values()],
    commit: async (_, changes) => changes.forEach(apply),
    linksByLeft: async (_, ids) => ids.flatMap((id) => ofLeft(id) ?? []),
    linksByRight: async (_, ids) => ids.flatMap(ofRight),
    linksByKey: async (_, hashes) => {
      const wanted = new Set(hashes);
      return all().filter(({ keyHash }) => wanted.has(keyHash));
    },
    links: async (_, after, limit) =>
      all()
        .filter(({ leftId }) => after === undefined || leftId > after)
        .slice(0, limit),
    countLinks: async () =>
      all().filter(({ role, tombstone }) => role === 'owner' && tombstone === undefined).length,
    memo: async (name) => memos.get(name),
    saveMemo: async (name, value) => {
      memos.set(name, value);
    },
    parked: async ({ kind, subject }) =>
      [...parked.values()].filter(
        (row) =>
          (kind === undefined || row.kind === kind) && (subject === undefined || row.subject === subject),
      ),
    decisions: async (_, subjects) =>
      subjects === undefined
        ? [...decisions]
        : decisions.filter((decision) => subjects.includes(decision.subject)),
  };
}

function rowName(subject: string, kind: Parked['kind']): string {
  return `${kind} ${subject}`;
}
