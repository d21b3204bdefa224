import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expectCounts, openStage } from './first-sync.ts';
import type { Job } from './job.ts';
import { type Measurement, measured, type Yardstick } from './measurement.ts';

const CAMPAIGNS = 50;
const EVENTS = 100_000;
/** Each of them gets every campaign and does about one thing with it. */
const READERS = 1_800;
const MACHINES = 0.3;

/** The custom object alone, machine opens told apart and carried over, so that all events are written. */
const RECIPE = `recipe: campaign-activity/v1
name: activity
machineOpens: mark
to:
  records:
    object: Mailchimp_Engagement__c
    externalId: Event_Key__c
    fields: { contact: Contact__c, lead: Lead__c, type: Type__c, at: Occurred_At__c, url: Url__c, detail: Detail__c, machine: Is_Machine__c }
`;

/** Two pages of recipients, 1,000 each; about 970 people open each campaign, and one page holds them. */
const PAGES = Math.ceil(READERS / 1000) + 1;
/** One listing of the reports, the pages of each, the people 200 addresses a call, the events 200 a call. */
const FLOOR = 1 + CAMPAIGNS * PAGES + READERS / 200 + EVENTS / 200;

const calls: Yardstick = {
  id: 'calls.activity',
  what: '100,000 events of 50 campaigns into a custom object, by collections',
  unit: 'calls',
  floor: FLOOR,
  target: Math.floor(FLOOR * 1.1),
};
const time: Yardstick = { id: 'time.activity', what: 'the same: wall time', unit: 's' };
const memory: Yardstick = {
  id: 'memory.activity',
  what: 'the same: peak memory',
  unit: 'MB',
  target: 400,
};

/** A first run of campaign activity. */
export const activityJob: Job = {
  rows: [calls, time, memory],
  async measure() {
    await using stage = await openStage({ contacts: READERS });
    const { admin, takeCalls } = stage.systems;
    const events = EVENTS / CAMPAIGNS;
    await admin('POST', 'seed/campaigns', { campaigns: CAMPAIGNS, events, machines: MACHINES });
    await takeCalls();
    const file = join(stage.folder, 'activity.yaml');
    await writeFile(file, RECIPE);
    const run = await stage.sync(file);
    expectCounts(run, { applied: EVENTS });
    const rows: Measurement[] = [measured(calls, run.sent), measured(time, run.wallSeconds)];
    if (run.peakMegabytes !== undefined) rows.push(measured(memory, run.peakMegabytes));
    return rows;
  },
};
