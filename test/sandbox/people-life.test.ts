import { beforeAll, describe, expect, test } from '@jest/globals';
import { createMailchimp } from '../../sandbox/mailchimp/mailchimp.ts';
import type { PeopleParts } from '../../sandbox/parts.ts';
import { type LifeManifest, liveDay } from '../../sandbox/people/life.ts';
import { seedPeople } from '../../sandbox/people/seed.ts';
import { createSalesforce } from '../../sandbox/salesforce/salesforce.ts';
import { createWorld } from '../../sandbox/world.ts';

const CONTACTS = 600;
const EDITS = 300;

function seededParts(): PeopleParts {
  const world = createWorld();
  const parts = { world, salesforce: createSalesforce(world), mailchimp: createMailchimp(world) };
  seedPeople(parts, { contacts: CONTACTS });
  return parts;
}

describe('a day of people’s edits', () => {
  let parts: PeopleParts;
  let manifest: LifeManifest;
  let startedMs: number;
  beforeAll(() => {
    parts = seededParts();
    startedMs = parts.world.clock.now();
    manifest = liveDay(parts, { seed: 3, edits: EDITS });
  });

  test('is the same for the same seed on the same records', () => {
    const again = seededParts();

    expect(liveDay(again, { seed: 3, edits: EDITS })).toEqual(manifest);
    expect(again.mailchimp.snapshot()).toEqual(parts.mailchimp.snapshot());
    expect(again.salesforce.snapshot()).toEqual(parts.salesforce.snapshot());
  });

  test('brings as many happenings as asked, of every kind, and counts them', () => {
    const counted = new Map<string, number>();
    for (const { kind } of manifest.happenings) counted.set(kind, (counted.get(kind) ?? 0) + 1);

    expect(manifest.happenings).toHaveLength(EDITS);
    expect(
      Object.entries(manifest.counts).filter(([kind, count]) => count !== (counted.get(kind) ?? 0)),
    ).toEqual([]);
    expect(Object.values(manifest.counts).filter((count) => count === 0)).toEqual([]);
  });

  test('happens to each pair of records once', () => {
    const members = manifest.happenings.flatMap(({ member }) => member ?? []);

    expect(new Set(members).size).toBe(members.length);
  });

  test('takes some eight hours of the sandbox’s clock, and stamps what it touches', () => {
    const hours = (parts.world.clock.now() - startedMs) / 3600_000;
    const touched = manifest.happenings.find(({ kind }) => kind === 'contact-edited')?.contact ?? '';
    const row = parts.salesforce.org.store('Contact').get(touched);

    expect(hours).toBeGreaterThan(7.9);
    expect(hours).toBeLessThan(12);
    expect(row?.SystemModstamp).toBeGreaterThan(startedMs);
  });

  test('marks who unsubscribed, so that the API cannot bring them back', () => {
    const { member } = manifest.happenings.find(({ kind }) => kind === 'member-unsubscribed') ?? {};
    const record = parts.mailchimp.account.audiences.get('aud0000001')?.members.find(member ?? '');

    expect(record).toMatchObject({ status: 'unsubscribed', closedBy: 'self' });
  });

  test('ends early when there is nobody left', () => {
    const world = createWorld();
    const empty = { world, salesforce: createSalesforce(world), mailchimp: createMailchimp(world) };
    seedPeople(empty, { contacts: 10, leads: 0 });

    const day = liveDay(empty, { edits: 200 });

    expect(day.happenings.length).toBeLessThan(200);
  });
});
