import { beforeEach, describe, expect, it } from '@jest/globals';
import { EXPENSES_RECIPE, enterExpense, ZOHO_INVOICE_RECIPE } from './support/billing-recipes.ts';
import { PolledZap } from './support/polled-zap.ts';
import { usePackagedApp } from './support/use-packaged-app.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const stage = usePackagedApp();

function callsToBooks(): number {
  return stage.sandbox.world.calls.list().filter(({ system }) => system === 'zoho-books').length;
}

const EDITED = EXPENSES_RECIPE.replace('which: all', 'which: billable');

describe('an expense from before the time looked back on', () => {
  const expenses = (): PolledZap => new PolledZap(stage, 'zoho_expense_recorded', 'zoho');

  beforeEach(() => {
    enterExpense(stage.sandbox);
    stage.sandbox.world.clock.advance(DAY_MS);
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

  it('is not looked for with a recipe that has a fault', async () => {
    const faulty = EXPENSES_RECIPE.replace('which: all', 'which: none');
    expect(await expenses().run(faulty)).toMatchObject({
      kind: 'wrong',
      message: expect.stringMatching(/line 5: .*which/),
    });
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
    const { expenses } = stage.sandbox.admin.seedZoho({
      exact: true,
      projects: 1,
      milestones: 0,
      expenses: 2_300,
    });
    stage.sandbox.world.clock.advance(DAY_MS);
    const zap = new PolledZap(stage, 'zoho_expense_recorded', 'zoho');
    await zap.poll(EXPENSES_RECIPE);
    await zap.poll(EDITED);

    const shown: number[] = [];
    for (let polls = 0; polls < 5; polls += 1) {
      shown.push(await zap.poll(EDITED));
      stage.sandbox.world.clock.advance(15 * MINUTE_MS);
    }
    expect(shown.reduce((sum, one) => sum + one, 0)).toBe(expenses.length);
    expect(shown.filter((one) => one > 0).length).toBeGreaterThan(1);
  });

  it('cost one page of the listing when all has been shown', async () => {
    stage.sandbox.admin.seedZoho({ exact: true, projects: 1, milestones: 0, expenses: 450 });
    stage.sandbox.world.clock.advance(DAY_MS);
    const zap = new PolledZap(stage, 'zoho_expense_recorded', 'zoho');
    await zap.poll(EXPENSES_RECIPE);
    await zap.poll(EDITED);
    expect(await zap.poll(EDITED)).toBe(450);
    stage.sandbox.world.clock.advance(30 * MINUTE_MS);
    await zap.poll(EDITED);

    stage.sandbox.world.calls.recording = true;
    const before = callsToBooks();
    await zap.poll(EDITED);
    // The organisation, and a page.
    expect(callsToBooks() - before).toBe(2);
  });

  it('are invoices of the books, too', async () => {
    stage.sandbox.admin.seedZoho({ exact: true, projects: 1, milestones: 0, invoices: 3 });
    stage.sandbox.world.clock.advance(DAY_MS);
    const zap = new PolledZap(stage, 'zoho_invoice_created', 'zoho');
    await zap.poll(ZOHO_INVOICE_RECIPE);
    const edited = `${ZOHO_INVOICE_RECIPE}correction: 'Credit: '\n`;

    expect([await zap.poll(edited), await zap.poll(edited), await zap.poll(edited)]).toEqual([0, 3, 0]);
  });
});
