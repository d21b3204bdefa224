import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { StatelessActivity } from '../../support/stateless-activity.ts';

const RECIPE = {
  recipe: 'campaign-activity/v1',
  name: 'activity',
  to: {
    records: {
      object: 'Mailchimp_Engagement__c',
      externalId: 'Event_Key__c',
      fields: { contact: 'Contact__c', lead: 'Lead__c', type: 'Type__c' },
    },
    tasks: { events: ['open', 'click'] },
    campaignMembers: { open: 'Opened', click: 'Clicked' },
  },
};
const LEADS = { ...RECIPE, unknown: 'lead', brakes: { creates: 1 } };
const NOTHING = { Campaign: [], CampaignMember: [], Lead: [], Task: [], Mailchimp_Engagement__c: [] };

let world: StatelessActivity;
let spring: string;
let ada: string;

/** Somebody whom both systems know, and two whom Salesforce does not. */
beforeEach(async () => {
  world = await StatelessActivity.start();
  for (const name of ['ada', 'bob', 'eve']) world.member(name);
  ada = world.contact('ada');
  spring = world.campaign('Spring');
});
afterEach(() => world.close());

describe('one execution', () => {
  test('takes each event over, and says of each what it came to', async () => {
    world.does('ada', 'open', spring, { machine: true });
    world.does('ada', 'click', spring, { url: 'https://acme.test/spring' });

    const { summary, events } = await world.push(RECIPE);

    expect(summary.counts).toEqual({ applied: 1, unchanged: 0, excluded: 1, conflicts: 0, failed: 0 });
    expect(events).toEqual([
      {
        outcome: 'excluded',
        event: expect.objectContaining({ kind: 'open', machine: true }),
        recordId: ada,
        because: 'opened by a mail program, not by a person',
      },
      {
        outcome: 'applied',
        event: expect.objectContaining({ kind: 'click', url: 'https://acme.test/spring' }),
        recordId: ada,
      },
    ]);
    expect(world.written()).toEqual({
      Campaign: ['Spring'],
      CampaignMember: ['ada Spring Clicked'],
      Lead: [],
      Task: ['ada Clicked: Spring'],
      Mailchimp_Engagement__c: ['ada click'],
    });
  });

  test('plans the same in a preview, and writes nothing', async () => {
    world.does('ada', 'click', spring, { url: 'https://acme.test/spring' });

    const { events } = await world.push(RECIPE, { preview: true });

    expect(events.map(({ outcome, recordId }) => [outcome, recordId])).toEqual([['planned', ada]]);
    expect(world.written()).toEqual(NOTHING);
  });

  test('hands out whoever Salesforce does not know with what to do, and goes on with the others', async () => {
    world.does('eve', 'open', spring);
    world.does('ada', 'open', spring);

    const { events } = await world.push(RECIPE);

    expect(events.map(({ event, outcome, issue }) => [event.email, outcome, issue?.code])).toEqual([
      ['ada@acme.test', 'applied', undefined],
      ['eve@acme.test', 'failed', 'PERSON_UNKNOWN'],
    ]);
    expect(world.written().Mailchimp_Engagement__c).toEqual(['ada open']);
  });

  test('stops before its first write where it would make more leads than the recipe allows', async () => {
    world.does('bob', 'open', spring);
    world.does('eve', 'open', spring);

    const stopped = await world.push(LEADS);
    const untouched = world.written();
    const [brake] = stopped.brakes;
    const allowed = await world.push(LEADS, { allow: [brake?.name ?? 'deletes'] });

    expect(stopped.error?.code).toBe('BRAKE_CREATES');
    expect(stopped.events.map(({ outcome }) => outcome)).toEqual(['planned', 'planned']);
    expect(untouched).toEqual(NOTHING);
    expect(allowed.events.map(({ outcome }) => outcome)).toEqual(['applied', 'applied']);
    expect(world.written().Lead).toHaveLength(2);
  });

  test('finds a task again whose answer never came', async () => {
    world.does('ada', 'click', spring, { url: 'https://acme.test/spring' });
    world.sandbox.world.faults.add({
      system: 'salesforce',
      method: 'POST',
      path: 'sobjects',
      times: 0,
      effect: { kind: 'drop-after' },
    });
    const cut = await world.push(RECIPE);
    world.sandbox.world.faults.clear();

    await world.push(RECIPE);

    expect(cut.events.map(({ outcome }) => outcome)).toEqual(['failed']);
    expect(world.written().Task).toEqual(['ada Clicked: Spring']);
  });
});

const who = fc.constantFrom('ada', 'cyd');
const happening = fc.oneof(
  fc.record({ action: fc.constant('open'), who, machine: fc.boolean() }),
  fc.record({
    action: fc.constant('click'),
    who,
    url: fc.constantFrom('https://a.test/1', 'https://a.test/2'),
  }),
  fc.record({ action: fc.constant('leave'), who }),
  fc.constant('read' as const),
);

test('however often reports are read, whole or by the event, what is written is that of one reading', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(happening, { minLength: 2, maxLength: 6 }),
      fc.boolean(),
      async (history, byEvent) => {
        const often = await withReaders();
        const once = await withReaders();
        try {
          for (const one of history) {
            if (one !== 'read') for (const { act } of [often, once]) act(one);
            else if (byEvent) await often.world.deliver(RECIPE, (all) => [...all.toReversed(), ...all]);
            else await often.world.push(RECIPE);
          }
          for (const each of [often, once]) await each.world.push(RECIPE);

          expect(often.world.written()).toEqual(once.world.written());
        } finally {
          await often.world.close();
          await once.world.close();
        }
      },
    ),
    { numRuns: 6 },
  );
});

async function withReaders() {
  const readers = await StatelessActivity.start();
  for (const name of ['ada', 'cyd']) {
    readers.member(name);
    readers.contact(name);
  }
  const campaign = readers.campaign('Autumn');
  const act = ({ who: name, action, ...more }: { who: string; action: string }): void =>
    readers.does(name, action, campaign, more);
  return { world: readers, act };
}
