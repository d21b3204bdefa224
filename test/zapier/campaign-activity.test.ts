import { beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { signedIn } from './support/auth-data.ts';
import type { Outcome } from './support/packaged-app.ts';
import { usePackagedApp } from './support/use-packaged-app.ts';

const LIST = 'aud0000001';
const RECIPE = `
recipe: campaign-activity/v1
name: activity
mailchimp: { audience: Newsletter }
campaigns: { create: true }
to:
  tasks: { events: [click], subject: 'Clicked in {campaign}' }
  campaignMembers: { open: Opened, click: Clicked, unsubscribe: Unsubscribed }
`;

const item = z.object({ event: z.string(), email: z.string(), byMachine: z.boolean(), activity: z.string() });
const listed = z.array(item);

const stage = usePackagedApp();
let campaign: string;

beforeEach(() => {
  stage.sandbox.admin.create('mailchimp', LIST, { email_address: 'ada@acme.test' });
  campaign = stage.sandbox.admin.create('mailchimp', 'campaigns', { list: LIST, title: 'Spring' });
  stage.sandbox.world.clock.advance(3_600_000);
});

function does(action: string, more: Readonly<Record<string, unknown>> = {}): void {
  stage.sandbox.admin.act('mailchimp', action, { campaign, to: 'ada@acme.test', ...more });
  stage.sandbox.world.clock.advance(60_000);
}

async function poll(inputData: Readonly<Record<string, unknown>> = {}): Promise<z.infer<typeof listed>> {
  const given = { authData: signedIn(stage.sandbox).mailchimp, inputData };
  const key = 'triggers.mailchimp_campaign_activity.operation.perform';
  const outcome = await stage.app.call(key, given, {}, stage.sandbox.world.clock);
  return listed.parse('results' in outcome ? outcome.results : outcome.error);
}

function log(activity: string, recipe = RECIPE): Promise<Outcome> {
  const given = { authData: signedIn(stage.sandbox).salesforce, inputData: { recipe, activity } };
  const key = 'creates.salesforce_campaign_activity.operation.perform';
  return stage.app.call(key, given, {}, stage.sandbox.world.clock);
}

function held(object: string) {
  return stage.sandbox.admin.records('salesforce', object).records;
}

const CLICK = { url: 'https://acme.test/spring' };

describe('campaign activity', () => {
  it('comes in newest first, opens by mail programs told apart, each with an id of its own', async () => {
    does('open', { machine: true });
    does('click', CLICK);
    does('leave');

    const found = await poll();

    expect(found.map(({ event, email, byMachine }) => [event, email, byMachine])).toEqual([
      ['unsubscribe', 'ada@acme.test', false],
      ['click', 'ada@acme.test', false],
      ['open', 'ada@acme.test', true],
    ]);
    expect(await poll({ events: ['click'] })).toEqual([expect.objectContaining({ event: 'click' })]);
  });

  it('is logged once, however often the step is replayed, and in whatever order events come', async () => {
    stage.sandbox.salesforce.desk.create('Contact', { LastName: 'Lovelace', Email: 'ada@acme.test' });
    does('open');
    does('click', CLICK);
    const found = await poll();

    const outcomes: unknown[] = [];
    for (const { activity } of [...found, ...found.toReversed()]) outcomes.push(await log(activity));

    expect(outcomes).toEqual(
      found.concat(found).map(() => ({ results: expect.objectContaining({ outcome: 'applied' }) })),
    );
    expect(held('Campaign')).toEqual([expect.objectContaining({ Name: 'Spring' })]);
    expect(held('CampaignMember')).toEqual([expect.objectContaining({ Status: 'Clicked' })]);
    expect(held('Task')).toEqual([expect.objectContaining({ Subject: 'Clicked in Spring' })]);
  });

  it('of an opened mail that the recipe leaves out says why', async () => {
    stage.sandbox.salesforce.desk.create('Contact', { LastName: 'Lovelace', Email: 'ada@acme.test' });
    does('open', { machine: true });
    const [open] = await poll();

    expect(await log(open?.activity ?? '')).toEqual({
      results: expect.objectContaining({
        outcome: 'excluded',
        because: 'opened by a mail program, not by a person',
        written: 0,
      }),
    });
  });

  it('of somebody whom Salesforce does not know stops this run softly', async () => {
    does('click', CLICK);
    const [click] = await poll();

    expect(await log(click?.activity ?? '')).toEqual({
      error: { name: 'HaltedError', message: expect.stringContaining('[PERSON_UNKNOWN]') },
    });
  });

  it('needs no recipe that counts what came before', async () => {
    does('click', CLICK);
    const [click] = await poll();
    const counting = `${RECIPE}  rollUps: { score: Engagement_Score__c }\n`;

    expect(await log(click?.activity ?? '', counting)).toEqual({
      error: { name: 'AppError', message: expect.stringContaining('a Zap does not keep') },
    });
  });
});
