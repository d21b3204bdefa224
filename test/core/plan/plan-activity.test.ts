import { describe, expect, test } from '@jest/globals';
import type { ActivityEvent, DeliveredEvent } from '@stackbridge/shared-mappers/model/activity.ts';
import type { ActivityOptions } from '@stackbridge/shared-mappers/plan/activity/activity-options.ts';
import {
  type ActivityContext,
  type PersonFacts,
  planPerson,
} from '@stackbridge/shared-mappers/plan/activity/plan-person.ts';

const NOW = Date.parse('2026-11-02T08:00:00Z');
const HASH = 'a'.repeat(32);
const RECORD = {
  id: '003000000000001AAA',
  object: 'Contact',
  email: 'ada@acme.test',
  createdAt: 0,
  values: {},
} as const;

const OPTIONS: ActivityOptions = {
  recipe: 'activity',
  events: new Set(['open', 'click']),
  machineOpens: 'leave-out',
  unknown: 'park',
  lead: { company: 'Unknown' },
  record: {
    object: 'Engagement__c',
    externalId: 'Key__c',
    events: new Set(['open', 'click']),
    fields: { contact: 'Contact__c', lead: 'Lead__c', type: 'Type__c', url: 'Url__c' },
    urlLength: 20,
  },
  campaign: { field: 'Name', creates: true },
  rollUps: { lastOpen: 'Last__c', opens: 'Opens__c', score: 'Score__c' },
  score: { points: { open: 1, click: 5 } },
  days: 90,
  thresholds: [{ name: 'hot', score: 6, owner: '005000000000001AAA' }],
};

const CONTEXT: ActivityContext = {
  options: OPTIONS,
  now: NOW,
  campaigns: new Map([['c1', { id: 'c1', title: 'Autumn', subject: 'News', isInCrm: false }]]),
};

function event(kind: 'open' | 'click', moment: string, more: Partial<ActivityEvent> = {}): ActivityEvent {
  const key = `${moment.padEnd(16, '0')}${HASH}`;
  return { key, campaignId: 'c1', kind, email: 'ada@acme.test', at: NOW - 1000, machine: false, ...more };
}

function facts(events: readonly ActivityEvent[], more: Partial<PersonFacts> = {}): PersonFacts {
  return {
    email: 'ada@acme.test',
    keyHash: 'h',
    record: RECORD,
    events,
    delivered: [],
    members: [],
    ...more,
  };
}

function delivered({ key, kind, at, machine }: ActivityEvent): DeliveredEvent {
  return { key, kind, campaignId: 'c1', recordId: RECORD.id, machine, at };
}

describe('the plan of one person', () => {
  test('is frozen, and has a record for each new event and the fields that they come to', () => {
    const plan = planPerson(
      facts([event('open', 'a'), event('click', 'b', { url: 'https://acme.test/a/long/one' })]),
      CONTEXT,
    );

    expect([plan, ...plan.writes].every(Object.isFrozen)).toBe(true);
    expect(plan.writes.map(({ step, who, payload }) => ({ step, who, payload }))).toEqual([
      { step: 'record', who: 'Contact__c', payload: { Type__c: 'open' } },
      { step: 'record', who: 'Contact__c', payload: { Type__c: 'click', Url__c: 'https://acme.test/a/' } },
      {
        step: 'person',
        who: undefined,
        payload: {
          Last__c: '2026-11-02T07:59:59.000+0000',
          Opens__c: 1,
          Score__c: 6,
          OwnerId: '005000000000001AAA',
        },
      },
    ]);
    expect(plan.followUps).toEqual([{ threshold: 'hot', key: 'activity:hot' }]);
  });

  test('writes nothing for what was delivered before, under an earlier address too', () => {
    const before = event('open', 'a');
    const renamed = { ...before, key: `${before.key.slice(0, 16)}${'b'.repeat(32)}` };
    const values = { Last__c: '2026-11-02T07:59:59.000+0000', Opens__c: 1, Score__c: 1 };

    const plan = planPerson(
      facts([renamed], { delivered: [delivered(before)], record: { ...RECORD, values } }),
      CONTEXT,
    );

    expect(plan.events.map(({ outcome }) => outcome)).toEqual(['unchanged']);
    expect(plan.writes).toEqual([]);
  });

  test('has no follow-up that was made before, however high the score', () => {
    const made = { ...delivered(event('open', 'x')), key: 'activity:hot', kind: 'follow-up' } as const;

    const plan = planPerson(
      facts([event('click', 'a'), event('click', 'b')], { delivered: [made] }),
      CONTEXT,
    );

    expect(plan.followUps).toEqual([]);
    expect(plan.writes.some(({ payload }) => 'OwnerId' in payload)).toBe(false);
  });

  test('takes a time on the record back for no older event', () => {
    const values = { Last__c: '2026-12-01T00:00:00.000+0000' };

    const plan = planPerson(facts([event('open', 'a')], { record: { ...RECORD, values } }), CONTEXT);

    expect(plan.writes.at(-1)?.payload).toEqual({ Opens__c: 1, Score__c: 1 });
  });

  test.each([
    ['park', 'parked', 'PERSON_UNKNOWN'],
    ['skip', 'excluded', undefined],
  ] as const)('of somebody unknown, where the recipe says %s, is %s', (unknown, outcome, code) => {
    const { record: _, ...stranger } = facts([event('open', 'a')]);

    const plan = planPerson(stranger, { ...CONTEXT, options: { ...OPTIONS, unknown } });

    expect(plan.events.map((one) => one.outcome)).toEqual([outcome]);
    expect({ writes: plan.writes, code: plan.issue?.code }).toEqual({ writes: [], code });
  });

  test('leaves a mail program’s open out, and makes no lead for it alone', () => {
    const { record: _, ...stranger } = facts([event('open', 'a', { machine: true })]);

    const plan = planPerson(stranger, { ...CONTEXT, options: { ...OPTIONS, unknown: 'lead' } });

    expect(plan.events.map(({ outcome }) => outcome)).toEqual(['excluded']);
    expect(plan.writes).toEqual([]);
  });
});
