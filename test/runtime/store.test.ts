import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { AuditEntry } from '@stackbridge/shared-mappers/model/audit.ts';
import type { Link } from '@stackbridge/shared-mappers/model/link.ts';
import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import type { RunSummary } from '@stackbridge/shared-mappers/model/run-summary.ts';
import type { Decision, Lease, StoreChange } from '@stackbridge/shared-mappers/ports/store.ts';
import { openStore, type SqliteStore } from 'stackbridge/store/sqlite-store.ts';

const NOW = 1_795_000_000_000;
const SCOPE = 'contacts/newsletter';

let store: SqliteStore;
let lease: Lease;

beforeEach(async () => {
  store = openStore(':memory:');
  lease = await takeLease();
});
afterEach(() => store[Symbol.dispose]());

describe('leases', () => {
  test('a held scope names its holder and until when; another scope is free', async () => {
    const other = await store.acquireLease('other', 'b', NOW, 1_000);

    expect(await store.acquireLease(SCOPE, 'b', NOW + 59_999, 1_000)).toEqual({
      heldBy: 'test',
      until: NOW + 60_000,
    });
    expect(other).toEqual({ lease: { scope: 'other', token: 1 } });
    expect(await store.leaseHolder(SCOPE, NOW)).toEqual({ heldBy: 'test', until: NOW + 60_000 });
  });

  test('an expired lease still commits until somebody takes over, then never again', async () => {
    await store.commit(lease, [memo('first')]);
    const next = await store.acquireLease(SCOPE, 'b', NOW + 60_000, 1_000);

    expect(next).toEqual({ lease: { scope: SCOPE, token: lease.token + 1 } });
    await expect(store.commit(lease, [memo('late')])).rejects.toMatchObject({ code: 'LEASE_LOST' });
    expect(await store.renewLease(lease, NOW + 60_000, 1_000)).toBe(false);
    expect([await store.memo('first'), await store.memo('late')]).toEqual([{ kept: true }, undefined]);
  });

  test('a renewed lease keeps others out for longer', async () => {
    expect(await store.renewLease(lease, NOW + 50_000, 60_000)).toBe(true);

    expect(await store.acquireLease(SCOPE, 'b', NOW + 100_000, 1_000)).toEqual({
      heldBy: 'test',
      until: NOW + 110_000,
    });
  });

  test('a released lease is free at once, and commits no more', async () => {
    await store.releaseLease(lease);

    await expect(store.commit(lease, [])).rejects.toMatchObject({ code: 'LEASE_LOST' });
    expect(await store.leaseHolder(SCOPE, NOW)).toBeUndefined();
    expect(await store.acquireLease(SCOPE, 'b', NOW, 1_000)).toEqual({ lease: { scope: SCOPE, token: 2 } });
  });

  test('a late release does not free the scope of its new holder', async () => {
    await store.acquireLease(SCOPE, 'b', NOW + 60_000, 1_000);
    await store.releaseLease(lease);

    expect(await store.leaseHolder(SCOPE, NOW + 60_000)).toMatchObject({ heldBy: 'b' });
  });
});

test('a commit that fails in its last change keeps none of the others', async () => {
  const unwritable: StoreChange = { kind: 'watermark', recipe: 'r', side: 'left', at: Number.NaN };

  await expect(store.commit(lease, [memo('early'), unwritable])).rejects.toThrow(/NOT NULL/);

  expect(await store.memo('early')).toBeUndefined();
  await store.commit(lease, [memo('next')]);
  expect(await store.memo('next')).toEqual({ kept: true });
});

describe('links', () => {
  test('entries are merged into the stored base and null removes one', async () => {
    await commit(link('L1', 'R1', { base: { a: '1', b: '2' } }));
    await commit(link('L1', 'R1', { base: { b: null, c: '3' }, keyHash: 'moved' }));

    expect(await store.linksByLeft(SCOPE, ['L1'])).toEqual([
      { ...stored('L1', 'R1'), base: 'a:1;c:3', keyHash: 'moved' },
    ]);
  });

  test('a link to another right record starts without a base', async () => {
    await commit(link('L1', 'R1', { base: { a: '1' } }), link('L1', 'R2', { base: { b: '2' } }));

    expect(await store.linksByLeft(SCOPE, ['L1'])).toEqual([{ ...stored('L1', 'R2'), base: 'b:2' }]);
    expect(await store.linksByRight(SCOPE, ['R1'])).toEqual([]);
  });

  test('links are found by either id and by key, in their own scope only', async () => {
    await commit(link('L1', 'R1'), link('L2', 'R1', { role: 'follower' }), link('L3', 'R3'));
    await commit({ ...link('L1', 'R9'), link: { ...link('L1', 'R9').link, scope: 'elsewhere' } });

    const [owner, follower, third] = [
      stored('L1', 'R1'),
      stored('L2', 'R1', { role: 'follower' }),
      stored('L3', 'R3'),
    ];
    expect(await store.linksByLeft(SCOPE, ['L3', 'L1', 'none'])).toEqual([third, owner]);
    expect(await store.linksByRight(SCOPE, ['R1', 'R9'])).toEqual([owner, follower]);
    expect(await store.linksByKey(SCOPE, ['key-L3'])).toEqual([third]);
    expect(await store.countLinks(SCOPE)).toBe(2);
  });

  test('2,000 ids are looked up at once', async () => {
    const ids = Array.from({ length: 2_000 }, (_, i) => `L${String(i).padStart(4, '0')}`);
    await commit(...ids.map((id) => link(id, `R${id}`)));

    expect((await store.linksByLeft(SCOPE, ids)).map(({ leftId }) => leftId)).toEqual(ids);
  });

  test('all links are paged in the order of the left id', async () => {
    await commit(link('c', 'R3'), link('a', 'R1'), link('b', 'R2'));

    expect(await store.links(SCOPE, undefined, 2)).toEqual([stored('a', 'R1'), stored('b', 'R2')]);
    expect(await store.links(SCOPE, 'b', 2)).toEqual([stored('c', 'R3')]);
  });

  test('a tombstone lies on every link of the right record until a link is written anew', async () => {
    const tombstone = { side: 'right', why: 'forgotten', at: NOW } as const;
    await commit(link('L1', 'R1'), link('L2', 'R1', { role: 'follower' }), link('L3', 'R3'));
    await commit({ kind: 'tombstone', scope: SCOPE, rightId: 'R1', tombstone });

    expect(await store.linksByRight(SCOPE, ['R1'])).toEqual([
      stored('L1', 'R1', { tombstone }),
      stored('L2', 'R1', { role: 'follower', tombstone }),
    ]);
    expect(await store.countLinks(SCOPE)).toBe(1);

    await commit(link('L1', 'R1'));
    expect(await store.linksByLeft(SCOPE, ['L1'])).toEqual([stored('L1', 'R1')]);
  });

  test('an unlinked pair is forgotten', async () => {
    await commit(link('L1', 'R1'), { kind: 'unlink', scope: SCOPE, leftId: 'L1' });

    expect(await store.links(SCOPE, undefined, 9)).toEqual([]);
  });
});

describe('a link of a merged or converted record', () => {
  const repoint: StoreChange = {
    kind: 'repoint',
    scope: SCOPE,
    fromLeftId: 'lead',
    toLeftId: 'contact',
    toLeftObject: 'Contact',
  };
  const followed = { leftId: 'contact', leftObject: 'Contact', keyHash: 'key-lead', base: 'a:1' };

  test('goes on with its successor, base and all', async () => {
    await commit(link('lead', 'R1', { base: { a: '1' } }), repoint);

    expect(await allLinks()).toEqual([{ ...stored('lead', 'R1'), ...followed }]);
  });

  test("replaces the successor's link as follower of the same member", async () => {
    await commit(
      link('lead', 'R1', { base: { a: '1' } }),
      link('contact', 'R1', { role: 'follower' }),
      repoint,
    );

    expect(await allLinks()).toEqual([{ ...stored('lead', 'R1'), ...followed }]);
  });

  test('gives way to the successor that owns the same member', async () => {
    await commit(link('lead', 'R1', { role: 'follower' }), link('contact', 'R1'), repoint);

    expect(await allLinks()).toEqual([stored('contact', 'R1')]);
  });

  test('gives way to the successor that has a member of its own', async () => {
    await commit(link('lead', 'R1'), link('contact', 'R2'), repoint);

    expect(await allLinks()).toEqual([stored('contact', 'R2')]);
  });

  test("replaces the successor's link to a member that is gone", async () => {
    const tombstone = { side: 'right', why: 'archived', at: NOW } as const;
    await commit(link('lead', 'R1', { base: { a: '1' } }), link('contact', 'R2', { tombstone }), repoint);

    expect(await allLinks()).toEqual([{ ...stored('lead', 'R1'), ...followed }]);
  });

  test('asks nothing of a record that has no link', async () => {
    await commit(link('contact', 'R2'), repoint);

    expect(await allLinks()).toEqual([stored('contact', 'R2')]);
  });
});

describe('what is parked', () => {
  const failure = parked({ kind: 'failure', subject: 's1', firstAt: 1, retryAt: NOW + 10, rightId: 'R1' });
  const conflict = parked({ kind: 'conflict', subject: 's1', firstAt: 2, fields: ['FirstName ↔ FNAME'] });
  const terminal = parked({ kind: 'terminal', subject: 's2', firstAt: 3, recipe: 'leads' });
  beforeEach(() =>
    commit(...[failure, conflict, terminal].map((it): StoreChange => ({ kind: 'park', parked: it }))),
  );

  test('is listed by recipe, kind, subject and due time, oldest first', async () => {
    expect(await store.parked({})).toEqual([failure, conflict, terminal]);
    expect(await store.parked({ recipe: 'leads' })).toEqual([terminal]);
    expect(await store.parked({ kind: 'conflict', subject: 's1' })).toEqual([conflict]);
    expect(await store.parked({ dueAt: NOW + 9 })).toEqual([]);
    expect(await store.parked({ dueAt: NOW + 10 })).toEqual([failure]);
    expect(await store.countParked()).toEqual({ conflict: 1, failure: 1, terminal: 1 });
    expect(await store.countParked('leads')).toEqual({ conflict: 0, failure: 0, terminal: 1 });
  });

  test('is replaced by the same subject and kind', async () => {
    const again = { ...failure, attempts: 2, message: 'still' };
    await commit({ kind: 'park', parked: again });

    expect(await store.parked({ kind: 'failure' })).toEqual([again]);
  });

  test('is dropped one kind at a time or whole', async () => {
    await commit({ kind: 'unpark', scope: SCOPE, recipe: 'contacts', subject: 's1', only: 'conflict' });
    expect(await store.parked({})).toEqual([failure, terminal]);

    await commit({ kind: 'unpark', scope: SCOPE, recipe: 'contacts', subject: 's1' });
    expect(await store.parked({})).toEqual([terminal]);
  });

  test('can be discarded by a person', async () => {
    expect(await store.discardParked(failure)).toBe(1);
    expect(await store.discardParked(failure)).toBe(0);
    expect(await store.parked({})).toEqual([conflict, terminal]);
  });

  test('is due at once when a person says so, failures only', async () => {
    expect(await store.retryNow({ subject: 's1' }, NOW)).toBe(1);

    expect(await store.parked({ dueAt: NOW })).toEqual([{ ...failure, retryAt: NOW }]);
  });
});

test('an intent stays until it is settled', async () => {
  const intent = { scope: SCOPE, side: 'right', sourceId: 'L1', batchId: 'b1', at: NOW } as const;
  await commit({ kind: 'intent', intent }, { kind: 'intent', intent: { ...intent, side: 'left' } });
  await commit({ kind: 'settle-intent', scope: SCOPE, side: 'left', sourceId: 'L1' });

  expect(await store.intents(SCOPE)).toEqual([intent]);
  expect(await store.intents('elsewhere')).toEqual([]);
});

test('watermarks and memos are kept by name and replaced', async () => {
  await commit(
    { kind: 'watermark', recipe: 'contacts', side: 'left', at: 1 },
    { kind: 'watermark', recipe: 'contacts', side: 'left', at: NOW },
    { kind: 'memo', name: 'schema', value: { old: 1 } },
    { kind: 'memo', name: 'schema', value: { fields: [{ name: 'Größe', length: null }] } },
  );

  expect(await store.watermark('contacts', 'left')).toBe(NOW);
  expect(await store.watermark('contacts', 'right')).toBeUndefined();
  expect(await store.memo('schema')).toEqual({ fields: [{ name: 'Größe', length: null }] });
  expect(await store.memo('none')).toBeUndefined();
});

test('the last decision on a field counts until a run has obeyed it or the person withdraws it', async () => {
  const first: Decision = { scope: SCOPE, subject: 's1', field: 'A', take: { side: 'left' }, at: NOW };
  const typed: Decision = { ...first, take: { value: '' }, at: NOW + 1 };
  const other: Decision = { ...first, subject: 's2', field: 'B' };
  for (const decision of [first, typed, other]) await store.decide(decision);

  expect(await store.decisions(SCOPE)).toEqual([typed, other]);
  expect(await store.decisions(SCOPE, ['s2', 's9'])).toEqual([other]);

  await commit({ kind: 'settle-decision', scope: SCOPE, subject: 's1', field: 'A' });
  expect(await store.decisions(SCOPE)).toEqual([other]);
  await store.withdrawDecision(other);
  expect(await store.decisions(SCOPE)).toEqual([]);
});

describe('the audit', () => {
  const first = [entry('01', 'R1', 'FNAME', { before: 'a', after: 'b' }), entry('02', 'R1', 'LNAME', {})];
  const second = [entry('03', 'L1', 'Phone', { after: '' })];
  const later = [entry('04', 'R1', 'FNAME', { before: 'b', after: 'c' })].map((it) => ({
    ...it,
    runId: 'run2',
    at: NOW + 1_000,
  }));
  const [one, two, three, four] = [...first, ...second, ...later];
  beforeEach(async () => {
    await commit(...[...first, ...second].map(audit));
    await commit(...later.map(audit));
  });

  test('tells what was written to a record, newest first', async () => {
    expect(await store.audit({ recordId: 'R1' })).toEqual([four, two, one]);
    expect(await store.audit({ subject: 'subject' })).toEqual([four, three, two, one]);
    expect(await store.audit({ runId: 'run1', recipe: 'contacts' })).toEqual([three, two, one]);
    expect(await store.audit({ recipe: 'leads' })).toEqual([]);
  });

  test('is paged by the id of the last entry seen, a write at a time', async () => {
    expect(await store.audit({ limit: 1 })).toEqual([four]);
    expect(await store.audit({ limit: 1, before: '04' })).toEqual([three]);
    expect(await store.audit({ limit: 1, before: '03' })).toEqual([two, one]);
    expect(await store.audit({ limit: 1, before: '02' })).toEqual([one]);
  });

  test('finds one entry by its id', async () => {
    expect(await store.auditEntry('02')).toEqual(two);
    expect(await store.auditEntry('025')).toBeUndefined();
  });

  test('and the runs are pruned by age; the sync state stays', async () => {
    await store.saveRun(run('run1', NOW));
    await store.saveRun(run('run2', NOW + 1_000));
    await commit(link('L1', 'R1'));

    expect(await store.prune(NOW + 1_000)).toEqual({ auditedWrites: 2, runs: 1 });
    expect(await store.audit({})).toEqual([four]);
    expect((await store.runs({})).map(({ runId }) => runId)).toEqual(['run2']);
    expect(await store.countLinks(SCOPE)).toBe(1);
  });
});

test('runs are listed newest first and found by id', async () => {
  const [old, leads, latest] = [
    run('a', NOW),
    { ...run('b', NOW + 1), recipe: 'leads' },
    { ...run('c', NOW + 2), stoppedBy: 'BRAKE_DELETES' },
  ];
  for (const it of [old, leads, latest]) await store.saveRun(it);

  expect(await store.runs({})).toEqual([latest, leads, old]);
  expect(await store.runs({ recipe: 'contacts', limit: 1 })).toEqual([latest]);
  expect(await store.run('b')).toEqual(leads);
  expect(await store.run('z')).toBeUndefined();
});

async function takeLease(): Promise<Lease> {
  const answer = await store.acquireLease(SCOPE, 'test', NOW, 60_000);
  if (!('lease' in answer)) throw new Error('The lease is held');
  return answer.lease;
}

function commit(...changes: readonly StoreChange[]): Promise<void> {
  return store.commit(lease, changes);
}

function memo(name: string): StoreChange {
  return { kind: 'memo', name, value: { kept: true } };
}

function audit(item: AuditEntry): StoreChange {
  return { kind: 'audit', entry: item };
}

function allLinks(): Promise<Link[]> {
  return store.links(SCOPE, undefined, 100);
}

type Given = Partial<Pick<Link, 'role' | 'tombstone' | 'keyHash'>>;

function link(
  leftId: string,
  rightId: string,
  given: Given & { readonly base?: Readonly<Record<string, string | null>> } = {},
): Extract<StoreChange, { kind: 'link' }> {
  const { base = {}, ...rest } = given;
  const { base: _, ...pair } = stored(leftId, rightId, rest);
  return { kind: 'link', link: pair, base };
}

function stored(leftId: string, rightId: string, given: Given = {}): Link {
  return {
    scope: SCOPE,
    leftId,
    leftObject: 'Contact',
    rightId,
    role: 'owner',
    keyHash: `key-${leftId}`,
    base: '',
    ...given,
  };
}

function parked(given: Partial<Parked> & Pick<Parked, 'kind' | 'subject' | 'firstAt'>): Parked {
  return {
    scope: SCOPE,
    recipe: 'contacts',
    keyHash: 'hash',
    code: 'VALUE_INVALID',
    fields: [],
    message: 'BIRTHDAY: not a date',
    next: 'Correct the value in the record',
    attempts: 1,
    lastAt: NOW,
    ...given,
  };
}

function entry(
  id: string,
  recordId: string,
  field: string,
  values: Pick<AuditEntry, 'before' | 'after'>,
): AuditEntry {
  return {
    id,
    runId: 'run1',
    recipe: 'contacts',
    at: NOW,
    scope: SCOPE,
    subject: 'subject',
    side: 'right',
    recordId,
    action: 'update',
    field,
    reason: 'changed',
    ...values,
  };
}

function run(runId: string, startedAt: number): RunSummary {
  return {
    runId,
    recipe: 'contacts',
    startedAt,
    finishedAt: startedAt + 5,
    counts: { applied: 1, unchanged: 2, excluded: 3, conflicts: 4, failed: 5 },
    writes: { mailchimp: 1 },
    calls: { salesforce: 2, mailchimp: 1 },
    excluded: { 'no email address': 3 },
  };
}
