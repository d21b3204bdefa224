import { expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import fc from 'fast-check';
import { ActivityWorker } from 'stackbridge/scenarios/activity/activity-worker.ts';
import { IoGate } from 'stackbridge/scenarios/io-gate.ts';

const LIST = 'aud0000001';
const READERS = ['ada', 'bob', 'cyd'] as const;
const RECIPE = {
  recipe: 'campaign-activity/v1',
  name: 'activity',
  to: {
    records: {
      object: 'Mailchimp_Engagement__c',
      externalId: 'Event_Key__c',
      fields: { contact: 'Contact__c', type: 'Type__c' },
    },
    tasks: { events: ['open', 'click'] },
    rollUps: {
      opens: 'Email_Opens_90_Days__c',
      clicks: 'Email_Clicks_90_Days__c',
      score: 'Engagement_Score__c',
    },
  },
};

const reader = fc.constantFrom(...READERS);
const campaign = fc.integer({ min: 0, max: 1 });
const happening = fc.oneof(
  fc.record({ kind: fc.constant('open' as const), campaign, reader, machine: fc.boolean() }),
  fc.record({ kind: fc.constant('click' as const), campaign, reader, page: fc.integer({ min: 1, max: 2 }) }),
  fc.record({ kind: fc.constant('leave' as const), campaign, reader }),
  fc.record({ kind: fc.constant('sync' as const) }),
  fc.record({
    kind: fc.constant('crash' as const),
    at: fc.integer({ min: 1, max: 14 }),
    when: fc.constantFrom('before' as const, 'after' as const),
  }),
  fc.record({ kind: fc.constant('lose-state' as const) }),
  fc.record({ kind: fc.constant('wait' as const), hours: fc.integer({ min: 0, max: 30 }) }),
);
type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;

/** Opens a lease that a cut run has left. */
const LEASE_MS = 10 * 60_000;

test('whatever people do and wherever runs are cut, each event arrives once and the fields are its sum', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 3, maxLength: 14 }), async (history) => {
      const sandbox = await startSandbox({ now: '2026-11-02T08:00:00Z', seed: 1 });
      const worker = new ActivityWorker(sandbox);
      try {
        const campaigns = stage(sandbox);
        for (const one of history) await happen(one, campaigns, sandbox, worker);
        sandbox.world.clock.advance(LEASE_MS);
        const last = await worker.run(RECIPE);

        expect(last === 'cut' ? last : last.summary.counts.failed).toBe(0);
        expect(standing(sandbox)).toEqual(reckoned(sandbox));
      } finally {
        await worker.close();
        await sandbox.close();
      }
    }),
    { numRuns: 15 },
  );
}, 240_000);

function stage({ admin }: Sandbox): string[] {
  for (const name of READERS) {
    const email = `${name}@acme.test`;
    admin.create('mailchimp', LIST, { email_address: email });
    admin.create('salesforce', 'Contact', { LastName: name, Email: email });
  }
  return ['Autumn', 'Winter'].map((title) => admin.create('mailchimp', 'campaigns', { list: LIST, title }));
}

async function happen(
  one: Happening,
  campaigns: readonly string[],
  { admin, world }: Sandbox,
  worker: ActivityWorker,
): Promise<void> {
  // Two things in one second with one link are two events, but hardly what a person does.
  world.clock.advance(1_000);
  switch (one.kind) {
    case 'sync':
      await worker.run(RECIPE);
      return;
    case 'crash':
      await worker.run(RECIPE, {}, new IoGate([{ at: one.at, of: 'any', when: one.when, act: 'cut' }]));
      world.clock.advance(LEASE_MS);
      return;
    case 'lose-state':
      worker.home.lose();
      return;
    case 'wait':
      world.clock.advance(one.hours * 3_600_000);
      return;
    default: {
      const mail = { campaign: campaigns[one.campaign], to: `${one.reader}@acme.test` };
      if (one.kind === 'open') admin.act('mailchimp', 'open', { ...mail, machine: one.machine });
      else if (one.kind === 'leave') admin.act('mailchimp', 'leave', mail);
      else admin.act('mailchimp', 'click', { ...mail, url: `https://acme.test/${one.page}` });
    }
  }
}

interface Sum {
  records: number;
  tasks: number;
  opens: number;
  clicks: number;
  score: number;
}

/** What stands in Salesforce, by person. */
function standing({ admin }: Sandbox): Record<string, Sum> {
  const all = (object: string) => admin.records('salesforce', object, { limit: 10_000 }).records;
  const of = (object: string, field: string, id: unknown): number =>
    all(object).filter((record) => record[field] === id).length;
  return Object.fromEntries(
    all('Contact').map((contact) => [
      String(contact.LastName),
      {
        records: of('Mailchimp_Engagement__c', 'Contact__c', contact.Id),
        tasks: of('Task', 'WhoId', contact.Id),
        opens: Number(contact.Email_Opens_90_Days__c ?? 0),
        clicks: Number(contact.Email_Clicks_90_Days__c ?? 0),
        score: Number(contact.Engagement_Score__c ?? 0),
      },
    ]),
  );
}

/** What should stand there, from what the simulated Mailchimp holds. */
function reckoned({ mailchimp }: Sandbox): Record<string, Sum> {
  const sums: Record<string, Sum> = {};
  const { account } = mailchimp;
  for (const name of READERS) {
    const { contactId } = account.audiences.get(LIST)?.members.byEmail(`${name}@acme.test`) ?? {};
    const mails = [...account.campaigns.values()].map(({ deliveries }) => deliveries.get(contactId ?? ''));
    const opens = mails.flatMap((mail) => mail?.opens ?? []).filter(({ proxy }) => !proxy).length;
    const clicks = mails.flatMap((mail) => mail?.clicks ?? []).length;
    const left = mails.filter((mail) => mail?.unsubscribe !== undefined).length;
    const score = Math.max(0, opens + 5 * clicks - 20 * left);
    sums[name] = { records: opens + clicks + left, tasks: opens + clicks, opens, clicks, score };
  }
  return sums;
}
