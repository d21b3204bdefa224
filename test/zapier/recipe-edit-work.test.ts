import { beforeEach, describe, expect, it } from '@jest/globals';
import { enterTime, MILESTONE_RECIPE, TIME_RECIPE } from './support/billing-recipes.ts';
import { PolledZap } from './support/polled-zap.ts';
import { usePackagedApp } from './support/use-packaged-app.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const stage = usePackagedApp();

const EDITED_MILESTONES = MILESTONE_RECIPE.replace('time: true', 'time: false');
const EDITED_TIME = TIME_RECIPE.replace('contacts, projects, tasks', 'projects, tasks');
const milestones = (settings: object = {}): PolledZap =>
  new PolledZap(stage, 'zoho_milestone_completed', 'zoho', { expenses: false, ...settings });

/** Closed within the time looked back on, with a log each. */
function closeMilestones(count: number): void {
  stage.sandbox.admin.seedZoho({ exact: true, projects: 1, milestones: count, logs: 1 });
}

describe('milestones whose recipe was edited', () => {
  it('come in again from before the time looked back on, and afterwards for other work', async () => {
    closeMilestones(2);
    const zap = milestones();
    expect([await zap.poll(MILESTONE_RECIPE), await zap.poll(MILESTONE_RECIPE)]).toEqual([2, 0]);
    stage.sandbox.world.clock.advance(10 * DAY_MS);

    expect([
      await zap.poll(EDITED_MILESTONES),
      await zap.poll(EDITED_MILESTONES),
      await zap.poll(EDITED_MILESTONES),
    ]).toEqual([0, 2, 0]);
    const [log = ''] = stage.sandbox.admin.records('zoho-projects', 'logs').records.map(({ id }) => `${id}`);
    for (const hours of ['1:00', '3:00', '1:00']) {
      stage.sandbox.admin.edit('zoho-projects', 'logs', log, { hours });
      expect([await zap.poll(EDITED_MILESTONES), await zap.poll(EDITED_MILESTONES)]).toEqual([1, 0]);
      stage.sandbox.world.clock.advance(30 * MINUTE_MS);
    }
  });

  it('are left alone where they were closed before the days of work to read', async () => {
    closeMilestones(2);
    const zap = milestones({ workDays: 5 });
    await zap.poll(MILESTONE_RECIPE);
    stage.sandbox.world.clock.advance(10 * DAY_MS);

    expect([await zap.poll(EDITED_MILESTONES), await zap.poll(EDITED_MILESTONES)]).toEqual([0, 0]);
  });

  it('come in once where nothing else is wished for', async () => {
    closeMilestones(2);
    const zap = milestones({ again: false });

    expect(await zap.poll(MILESTONE_RECIPE)).toBe(2);
    expect([await zap.poll(EDITED_MILESTONES), await zap.poll(EDITED_MILESTONES)]).toEqual([0, 0]);
  });
});

describe('time whose recipe was edited', () => {
  const time = (): PolledZap => new PolledZap(stage, 'zoho_time_changed', 'zoho');

  it('comes in again with its project, and afterwards when it changes', async () => {
    const [log = ''] = enterTime(stage.sandbox);
    const zap = time();

    expect([await zap.poll(TIME_RECIPE), await zap.poll(TIME_RECIPE)]).toEqual([1, 0]);
    expect([await zap.poll(EDITED_TIME), await zap.poll(EDITED_TIME)]).toEqual([0, 1]);
    for (const hours of ['01:00', '03:00', '01:00']) {
      stage.sandbox.admin.edit('zoho-projects', 'logs', log, { hours });
      expect([await zap.poll(EDITED_TIME), await zap.poll(EDITED_TIME)]).toEqual([1, 0]);
      stage.sandbox.world.clock.advance(30 * MINUTE_MS);
    }
  });
});

describe.each([
  ['milestones', 'zoho_milestone_completed', MILESTONE_RECIPE, EDITED_MILESTONES],
  ['time', 'zoho_time_changed', TIME_RECIPE, EDITED_TIME],
])('an edited recipe for %s', (_, trigger, recipe, edited) => {
  let zap: PolledZap;

  beforeEach(async () => {
    closeMilestones(1);
    zap = new PolledZap(stage, trigger, 'zoho', { expenses: false });
    await zap.poll(recipe);
  });

  it('is not counted as seen by what Zapier is shown while the edited Zap is switched on', async () => {
    const switchedOn = { isPopulatingDedupe: true };
    expect([await zap.poll(edited, switchedOn), await zap.poll(edited, switchedOn)]).toEqual([0, 0]);
    expect([await zap.poll(edited), await zap.poll(edited)]).toEqual([1, 0]);
  });

  it('is looked at by the next poll where one fails', async () => {
    const failing = async (): Promise<string> => {
      stage.sandbox.world.faults.add({ system: 'zoho-projects', effect: { kind: 'status', status: 400 } });
      const { kind } = await zap.run(edited);
      stage.sandbox.world.faults.clear();
      return kind;
    };
    expect([await failing(), await zap.poll(edited), await failing()]).toEqual(['halted', 0, 'halted']);
    expect([await zap.poll(edited), await zap.poll(edited)]).toEqual([1, 0]);
  });
});

it.each([
  ['zoho_milestone_completed', MILESTONE_RECIPE.replace('time: true', 'time: 1'), /line 5: .*time/],
  ['zoho_time_changed', TIME_RECIPE.replace('xero-projects:', 'xero-project:'), /line \d: .*xero-project/],
])('%s looks for nothing with a recipe that has a fault', async (trigger, recipe, message) => {
  const end = await new PolledZap(stage, trigger, 'zoho').run(recipe);
  expect(end).toMatchObject({ kind: 'wrong', message: expect.stringMatching(message) });
});
