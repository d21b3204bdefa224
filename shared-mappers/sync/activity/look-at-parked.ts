import type { Instant } from '../../model/instant.ts';
import type { Parked } from '../../model/parked.ts';
import type { ActivityJob, ActivityPorts, ActivityState } from './activity-job.ts';
import { campaignRows } from './held-campaigns.ts';

/** Failures of a person's record rather than of an event begin so. */
const PERSON = 'person:';

export function subjectOfRecord(recordId: string): string {
  return `${PERSON}${recordId}`;
}

interface Look {
  readonly job: ActivityJob;
  readonly ports: ActivityPorts;
  readonly state: ActivityState;
  readonly now: Instant;
  readonly only: readonly string[] | undefined;
}

/** How far back people are looked for beyond the last look: our clock and the CRM's need not agree. */
const SKEW_MS = 10 * 60_000;

/**
 * What is parked and due: asked for, due by its own time, or about somebody unknown who is in the CRM since. Addresses
 * are not kept: whoever is new there is told by the hash that reports name members by.
 */
export async function rowsToLookAt(
  parked: readonly Parked[],
  look: Look,
): Promise<{ readonly rows: readonly Parked[]; readonly recordIds: readonly string[] }> {
  const { only, now } = look;
  const asked = only === undefined ? undefined : new Set(only);
  const waiting = new Set(campaignRows(parked));
  const open = parked.filter((row) => !waiting.has(row) && (row.kind === 'failure' || asked !== undefined));
  const found = asked === undefined ? await newcomers(open, look) : new Set<string>();
  const rows = open.filter(({ subject, code, retryAt }) => {
    if (asked !== undefined) return asked.has(subject);
    if (code === 'PERSON_UNKNOWN' && found.has(hashOf(subject))) return true;
    return retryAt !== undefined && retryAt <= now;
  });
  const ofRecords = rows.filter(({ subject }) => subject.startsWith(PERSON));
  return {
    rows: rows.filter(({ subject }) => !subject.startsWith(PERSON)),
    recordIds: ofRecords.map(({ subject }) => subject.slice(PERSON.length)),
  };
}

async function newcomers(open: readonly Parked[], { job, ports, state }: Look): Promise<Set<string>> {
  const unknown = open.filter(({ code }) => code === 'PERSON_UNKNOWN');
  const found = new Set<string>();
  if (unknown.length === 0) return found;
  const wanted = new Set(unknown.map(({ subject }) => hashOf(subject)));
  const firstAt = Math.min(...unknown.map((row) => row.firstAt));
  const since = Math.max(firstAt, state.lookedAt ?? firstAt) - SKEW_MS;
  for (const object of job.people) {
    for await (const emails of ports.target.changedPeople(object, since)) {
      for (const email of emails) {
        const hash = ports.source.memberHash(email);
        if (wanted.has(hash)) found.add(hash);
      }
    }
  }
  return found;
}

function hashOf(subject: string): string {
  return subject.split(':')[1] ?? '';
}
