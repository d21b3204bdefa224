import type { Link } from '../model/link.ts';
import type { SourceRecord } from '../model/record.ts';
import type { Side } from '../model/side.ts';
import type { Scratch, StagedRecord } from '../ports/scratch.ts';
import type { SyncJob, SyncPorts } from './job.ts';

/**
 * Puts records into the working space, each with its match keys and, where the sync state knows it, its subject.
 * A record that nothing links but whose address a link holds joins that subject: a further CRM record of the person, or
 * a member that took an address over.
 */
export async function stage(
  side: Side,
  records: readonly SourceRecord[],
  job: SyncJob,
  ports: Pick<SyncPorts, 'store'>,
  scratch: Scratch,
  anythingLinked: boolean,
): Promise<void> {
  const links = anythingLinked ? await linksOf(side, records, job, ports) : new Map<string, Link>();
  const staged: StagedRecord[] = [];
  const strangers: StagedRecord[] = [];
  for (const record of records) {
    const link = links.get(record.id);
    const keys = job.matchKeys.map((key) => key[side](record.values));
    if (link !== undefined) staged.push({ side, record, keys, subject: link.rightId });
    // What was never linked and no longer lives concerns nobody, unless it has closed the address of others.
    else if (isThere(record) || isLastWord(side, record, job)) strangers.push({ side, record, keys });
  }
  if (anythingLinked && strangers.length > 0) {
    const joined = await joinByAddress(strangers, job, ports);
    staged.push(...joined.filter(({ record, subject }) => isThere(record) || subject !== undefined));
  } else {
    staged.push(...strangers.filter(({ record }) => isThere(record)));
  }
  await scratch.stage(staged);
}

function isThere({ state }: SourceRecord): boolean {
  return state === 'live' || state === 'archived';
}

/**
 * Whether a record that is no more said "no mail" last. Where the records alone tell who is linked, those that follow the
 * owner of an address say nothing of it.
 */
export function isLastWord(side: Side, record: SourceRecord, { home, map }: SyncJob): boolean {
  return (
    home.isOnRecords === true &&
    side === 'left' &&
    !isThere(record) &&
    record.state !== 'filtered' &&
    map.consent?.read.left(record.values) === 'out'
  );
}

async function linksOf(
  side: Side,
  records: readonly SourceRecord[],
  job: SyncJob,
  ports: Pick<SyncPorts, 'store'>,
): Promise<Map<string, Link>> {
  const ids = records.map((record) => record.id);
  const links =
    side === 'left'
      ? await ports.store.linksByLeft(job.scope, ids)
      : await ports.store.linksByRight(job.scope, ids);
  return new Map(links.map((link) => [side === 'left' ? link.leftId : link.rightId, link]));
}

async function joinByAddress(
  strangers: readonly StagedRecord[],
  job: SyncJob,
  ports: Pick<SyncPorts, 'store'>,
): Promise<StagedRecord[]> {
  const email = job.map.rules.find((rule) => rule.isEmail);
  const hashes = strangers.map(({ side, record }) => {
    const address = email?.read[side](record.values) ?? '';
    return address === '' ? '' : job.keyHashOf(address);
  });
  const links = await ports.store.linksByKey(job.scope, [...new Set(hashes.filter((hash) => hash !== ''))]);
  const byHash = new Map(links.map((link) => [link.keyHash, link]));
  return strangers.map((record, index) => {
    const link = byHash.get(hashes[index] ?? '');
    return link === undefined ? record : { ...record, subject: link.rightId };
  });
}
