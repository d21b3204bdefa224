import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SignInSystem } from '@stackbridge/credentials/systems.ts';
import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import { z } from 'zod';
import {
  EXPENSES_RECIPE,
  enterExpense,
  enterTime,
  MILESTONE_RECIPE,
  TIME_RECIPE,
  ZOHO_INVOICE_RECIPE,
} from './support/billing-recipes.ts';
import { AUDIENCE, addStampFields, CONTACT_RECIPE } from './support/contact-recipe.ts';
import { PackagedApp } from './support/packaged-app.ts';
import { Platform, type StepEnd } from './support/platform.ts';

let app: PackagedApp;
let sandbox: Sandbox;

beforeAll(async () => {
  app = await PackagedApp.open();
});
afterAll(() => app.close());
beforeEach(async () => {
  sandbox = await startSandbox();
  app.forget();
});
afterEach(() => sandbox.close());

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const items = z.array(z.looseObject({ id: z.string() }));

/** A Zap of its own: it is shown each id once. */
class PolledZap {
  readonly #seen = new Set<string>();
  readonly #trigger: string;
  readonly #system: SignInSystem;
  readonly #settings: object;
  readonly #platform = new Platform(app, sandbox);

  constructor(trigger: string, system: SignInSystem, settings: object = {}) {
    this.#trigger = trigger;
    this.#system = system;
    this.#settings = settings;
  }

  run(recipe: string, meta: object = {}): Promise<StepEnd> {
    sandbox.world.clock.advance(MINUTE_MS);
    const input = { recipe, lookBack: 1, again: true, object: 'Contact', audience: AUDIENCE };
    const filledIn = { ...input, ...this.#settings };
    return this.#platform.run(`triggers.${this.#trigger}`, this.#system, filledIn, meta);
  }

  /** @returns how many are new */
  async poll(recipe: string, meta: object = {}): Promise<number> {
    const end = await this.run(recipe, meta);
    const shown = items.parse(end.kind === 'done' ? end.results : end);
    const fresh = shown.filter(({ id }) => !this.#seen.has(id));
    for (const { id } of shown) this.#seen.add(id);
    return fresh.length;
  }
}

function callsToBooks(): number {
  return sandbox.world.calls.list().filter(({ system }) => system === 'zoho-books').length;
}

const EDITED = EXPENSES_RECIPE.replace('which: all', 'which: billable');

describe('an expense from before the time looked back on', () => {
  const expenses = (): PolledZap => new PolledZap('zoho_expense_recorded', 'zoho');

  beforeEach(() => {
    enterExpense(sandbox);
    sandbox.world.clock.advance(DAY_MS);
  });

  it('comes in again once its recipe has been edited, from the poll after the one that finds that', async () => {
    const zap = expenses();

    expect(await zap.poll(EXPENSES_RECIPE)).toBe(0);
    expect([await zap.poll(EDITED), await zap.poll(EDITED), await zap.poll(EDITED)]).toEqual([0, 1, 0]);
    expect([await zap.poll(EXPENSES_RECIPE), await zap.poll(EXPENSES_RECIPE)]).toEqual([0, 1]);
  });

  it('does not come in for a recipe that only waits longer, nor for one that is new', async () => {
    const zap = expenses();
    await zap.poll(EXPENSES_RECIPE);

    const patient = `${EXPENSES_RECIPE}patience: 1h\n`;
    expect([await zap.poll(patient), await zap.poll(patient)]).toEqual([0, 0]);
    const named = EDITED.replace('name: expenses', 'name: others');
    expect([await zap.poll(named), await zap.poll(named)]).toEqual([0, 0]);
  });

  it('is not counted as seen by what Zapier is shown while the edited Zap is switched on', async () => {
    const zap = expenses();
    await zap.poll(EXPENSES_RECIPE);

    const switchedOn = { isPopulatingDedupe: true };
    expect([await zap.poll(EDITED, switchedOn), await zap.poll(EDITED, switchedOn)]).toEqual([0, 0]);
    expect(await zap.poll(EDITED)).toBe(1);
  });

  it('is left alone by what the editor loads as an example', async () => {
    const zap = expenses();
    await zap.poll(EXPENSES_RECIPE);
    await zap.poll(EDITED, { isLoadingSample: true });

    expect([await zap.poll(EXPENSES_RECIPE), await zap.poll(EXPENSES_RECIPE)]).toEqual([0, 0]);
  });

  it('comes in once for each of two Zaps with one recipe, and costs nothing after twenty minutes', async () => {
    const [one, other] = [expenses(), expenses()];
    const both = async (recipe: string): Promise<number[]> => [
      await one.poll(recipe),
      await other.poll(recipe),
    ];
    await both(EXPENSES_RECIPE);

    const shown: number[][] = [];
    for (let minutes = 0; minutes < 26; minutes += 2) shown.push(await both(EDITED));
    expect(shown.slice(0, 3)).toEqual([
      [0, 1],
      [1, 0],
      [0, 0],
    ]);
    expect(shown.slice(3).flat()).toEqual(shown.slice(3).flatMap(() => [0, 0]));
  });

  it('comes in once though two Zaps with different recipes of one name are polled by turns', async () => {
    const [one, other] = [expenses(), expenses()];
    await one.poll(EXPENSES_RECIPE);

    let shown = 0;
    for (let turn = 0; turn < 6; turn += 1) {
      shown += await other.poll(EDITED);
      shown += await one.poll(EXPENSES_RECIPE);
    }
    expect(shown).toBe(1);
  });

  it.each([
    ['zoho_expense_recorded', EXPENSES_RECIPE.replace('which: all', 'which: none'), /line 5: .*which/],
    ['zoho_milestone_completed', MILESTONE_RECIPE.replace('time: true', 'time: 1'), /line 5: .*time/],
    ['zoho_time_changed', TIME_RECIPE.replace('xero-projects:', 'xero-project:'), /line \d: .*xero-project/],
  ])('is not looked for by %s with a recipe that has a fault', async (trigger, recipe, message) => {
    const end = await new Platform(app, sandbox).run(`triggers.${trigger}`, 'zoho', { recipe });
    expect(end).toMatchObject({ kind: 'wrong', message: expect.stringMatching(message) });
  });

  it('does not come in where it is from before the cut-over', async () => {
    const zap = expenses();
    const later = EXPENSES_RECIPE.replace('cutOver: 2020-01-01', 'cutOver: 2026-10-31');
    await zap.poll(EXPENSES_RECIPE);

    expect([await zap.poll(later), await zap.poll(later)]).toEqual([0, 0]);
  });
});

describe('expenses and invoices whose recipe was edited', () => {
  it('come in over several polls where there are very many', async () => {
    const { expenses } = sandbox.admin.seedZoho({ exact: true, projects: 1, milestones: 0, expenses: 2_300 });
    sandbox.world.clock.advance(DAY_MS);
    const zap = new PolledZap('zoho_expense_recorded', 'zoho');
    await zap.poll(EXPENSES_RECIPE);
    await zap.poll(EDITED);

    const shown: number[] = [];
    for (let polls = 0; polls < 5; polls += 1) {
      shown.push(await zap.poll(EDITED));
      sandbox.world.clock.advance(15 * MINUTE_MS);
    }
    expect(shown.reduce((sum, one) => sum + one, 0)).toBe(expenses.length);
    expect(shown.filter((one) => one > 0).length).toBeGreaterThan(1);
  });

  it('cost one page of the listing when all has been shown', async () => {
    sandbox.admin.seedZoho({ exact: true, projects: 1, milestones: 0, expenses: 450 });
    sandbox.world.clock.advance(DAY_MS);
    const zap = new PolledZap('zoho_expense_recorded', 'zoho');
    await zap.poll(EXPENSES_RECIPE);
    await zap.poll(EDITED);
    expect(await zap.poll(EDITED)).toBe(450);
    sandbox.world.clock.advance(30 * MINUTE_MS);
    await zap.poll(EDITED);

    sandbox.world.calls.recording = true;
    const before = callsToBooks();
    await zap.poll(EDITED);
    // The organisation, and a page.
    expect(callsToBooks() - before).toBe(2);
  });

  it('are invoices of the books, too', async () => {
    sandbox.admin.seedZoho({ exact: true, projects: 1, milestones: 0, invoices: 3 });
    sandbox.world.clock.advance(DAY_MS);
    const zap = new PolledZap('zoho_invoice_created', 'zoho');
    await zap.poll(ZOHO_INVOICE_RECIPE);
    const edited = `${ZOHO_INVOICE_RECIPE}correction: 'Credit: '\n`;

    expect([await zap.poll(edited), await zap.poll(edited), await zap.poll(edited)]).toEqual([0, 3, 0]);
  });
});

const EDITED_MILESTONES = MILESTONE_RECIPE.replace('time: true', 'time: false');
const EDITED_TIME = TIME_RECIPE.replace('contacts, projects, tasks', 'projects, tasks');
const milestones = (settings: object = {}): PolledZap =>
  new PolledZap('zoho_milestone_completed', 'zoho', { expenses: false, ...settings });

/** Closed within the time looked back on, with a log each. */
function closeMilestones(count: number): void {
  sandbox.admin.seedZoho({ exact: true, projects: 1, milestones: count, logs: 1 });
}

describe('milestones whose recipe was edited', () => {
  it('come in again from before the time looked back on, and afterwards for other work', async () => {
    closeMilestones(2);
    const zap = milestones();
    expect([await zap.poll(MILESTONE_RECIPE), await zap.poll(MILESTONE_RECIPE)]).toEqual([2, 0]);
    sandbox.world.clock.advance(10 * DAY_MS);

    expect([
      await zap.poll(EDITED_MILESTONES),
      await zap.poll(EDITED_MILESTONES),
      await zap.poll(EDITED_MILESTONES),
    ]).toEqual([0, 2, 0]);
    const [log = ''] = sandbox.admin.records('zoho-projects', 'logs').records.map(({ id }) => `${id}`);
    for (const hours of ['1:00', '3:00', '1:00']) {
      sandbox.admin.edit('zoho-projects', 'logs', log, { hours });
      expect([await zap.poll(EDITED_MILESTONES), await zap.poll(EDITED_MILESTONES)]).toEqual([1, 0]);
      sandbox.world.clock.advance(30 * MINUTE_MS);
    }
  });

  it('are left alone where they were closed before the days of work to read', async () => {
    closeMilestones(2);
    const zap = milestones({ workDays: 5 });
    await zap.poll(MILESTONE_RECIPE);
    sandbox.world.clock.advance(10 * DAY_MS);

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
  const time = (): PolledZap => new PolledZap('zoho_time_changed', 'zoho');

  it('comes in again with its project, and afterwards when it changes', async () => {
    const [log = ''] = enterTime(sandbox);
    const zap = time();

    expect([await zap.poll(TIME_RECIPE), await zap.poll(TIME_RECIPE)]).toEqual([1, 0]);
    expect([await zap.poll(EDITED_TIME), await zap.poll(EDITED_TIME)]).toEqual([0, 1]);
    for (const hours of ['01:00', '03:00', '01:00']) {
      sandbox.admin.edit('zoho-projects', 'logs', log, { hours });
      expect([await zap.poll(EDITED_TIME), await zap.poll(EDITED_TIME)]).toEqual([1, 0]);
      sandbox.world.clock.advance(30 * MINUTE_MS);
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
    zap = new PolledZap(trigger, 'zoho', { expenses: false });
    await zap.poll(recipe);
  });

  it('is not counted as seen by what Zapier is shown while the edited Zap is switched on', async () => {
    const switchedOn = { isPopulatingDedupe: true };
    expect([await zap.poll(edited, switchedOn), await zap.poll(edited, switchedOn)]).toEqual([0, 0]);
    expect([await zap.poll(edited), await zap.poll(edited)]).toEqual([1, 0]);
  });

  it('is looked at by the next poll where one fails', async () => {
    const failing = async (): Promise<string> => {
      sandbox.world.faults.add({ system: 'zoho-projects', effect: { kind: 'status', status: 400 } });
      const { kind } = await zap.run(edited);
      sandbox.world.faults.clear();
      return kind;
    };
    expect([await failing(), await zap.poll(edited), await failing()]).toEqual(['halted', 0, 'halted']);
    expect([await zap.poll(edited), await zap.poll(edited)]).toEqual([1, 0]);
  });
});

const TITLED = `${CONTACT_RECIPE}`.replace('fields:', 'fields:\n  - { salesforce: Title, mailchimp: TITLE }');
const contacts = (): PolledZap => new PolledZap('salesforce_record_changed', 'salesforce');

/** So many contacts, each of them somebody's member as the recipe has it, from yesterday. */
function contactsWithMembers(count: number): void {
  addStampFields(sandbox);
  for (let n = 0; n < count; n += 1)
    sandbox.salesforce.desk.create('Contact', {
      LastName: `P${n}`,
      Title: 'Countess',
      Email: `p${n}@crowd.test`,
      Member__c: `member${n}`,
    });
  sandbox.world.clock.advance(DAY_MS);
}

describe('people who have not changed since the time looked back on', () => {
  it('come in again once the recipe says something else about them, with what a sync step takes', async () => {
    contactsWithMembers(2);
    const zap = contacts();

    expect([await zap.poll(CONTACT_RECIPE), await zap.poll(TITLED)]).toEqual([0, 0]);
    expect(await zap.run(TITLED)).toEqual({
      kind: 'done',
      results: [0, 1].map((n) =>
        expect.objectContaining({
          id: expect.stringMatching(/-live-\d+-\d+$/),
          record: expect.stringContaining(`"Email":"p${n}@crowd.test"`),
        }),
      ),
    });
    expect([await zap.poll(TITLED), await zap.poll(TITLED)]).toEqual([2, 0]);
  });

  it('are members of the audience, too', async () => {
    addStampFields(sandbox);
    sandbox.mailchimp.desk.create(AUDIENCE, { email_address: 'ada@lovelace.test', status: 'subscribed' });
    sandbox.world.clock.advance(DAY_MS);
    const zap = new PolledZap('mailchimp_member_changed', 'mailchimp');

    expect([await zap.poll(CONTACT_RECIPE), await zap.poll(TITLED), await zap.poll(TITLED)]).toEqual([
      0, 0, 1,
    ]);
  });

  it('do not come in for another policy', async () => {
    contactsWithMembers(1);
    const zap = contacts();
    const other = CONTACT_RECIPE.replace(', policy: review', ', policy: salesforce');

    expect([await zap.poll(CONTACT_RECIPE), await zap.poll(other), await zap.poll(other)]).toEqual([0, 0, 0]);
  });

  it('stop the trigger where the edit may overwrite too many, until they are let through', async () => {
    contactsWithMembers(30);
    const zap = contacts();
    const ofZap = { zap: { id: 'one' } };
    await zap.poll(CONTACT_RECIPE, ofZap);
    await zap.poll(TITLED, ofZap);

    expect(await zap.run(TITLED, ofZap)).toMatchObject({
      kind: 'wrong',
      code: 'BRAKE_OVERWRITES',
      message: expect.stringContaining('30 of 30 records'),
    });
    sandbox.world.clock.advance(3 * DAY_MS);
    const patient = TITLED.replace('Title,', 'Title, policy: mailchimp,');
    expect(await zap.run(patient, ofZap)).toMatchObject({ code: 'BRAKE_OVERWRITES' });
    const open = `${TITLED}brakes: { overwrites: { atLeast: 30 } }\n`;
    expect([await zap.poll(open, ofZap), await zap.poll(TITLED, ofZap)]).toEqual([30, 0]);
  });

  it('come in over several checks where there are very many', async () => {
    addStampFields(sandbox);
    for (let n = 0; n < 1_100; n += 1) {
      sandbox.salesforce.desk.create('Contact', { LastName: `P${n}`, Email: `p${n}@crowd.test` });
      if (n % 100 === 0) sandbox.world.clock.advance(1_000);
    }
    sandbox.world.clock.advance(DAY_MS);
    const zap = contacts();
    await zap.poll(CONTACT_RECIPE);
    await zap.poll(TITLED);

    const shown: number[] = [];
    for (let polls = 0; polls < 5; polls += 1) {
      shown.push(await zap.poll(TITLED));
      sandbox.world.clock.advance(15 * MINUTE_MS);
    }
    expect(shown).toEqual([901, 0, 0, 199, 0]);
  });
});
