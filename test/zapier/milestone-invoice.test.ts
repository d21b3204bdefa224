import { beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { signedIn } from './support/auth-data.ts';
import { MILESTONE_RECIPE } from './support/billing-recipes.ts';
import type { Given, Outcome } from './support/packaged-app.ts';
import { atRealTime, usePackagedApp } from './support/use-packaged-app.ts';
import { wordFor } from './support/zap-pair.ts';

const stage = usePackagedApp(atRealTime);

const milestones = z.array(z.looseObject({ work: z.string(), milestoneId: z.string() }));

/** A milestone as its trigger hands it on. */
async function completed(): Promise<{ work: string; milestoneId: string }> {
  stage.sandbox.admin.seedZoho({ exact: true, projects: 1, milestones: 1, logs: 3 });
  const outcome = await stage.app.call('triggers.zoho_milestone_completed.operation.perform', {
    authData: signedIn(stage.sandbox).zoho,
    inputData: { expenses: false, lookBack: 720 },
  });
  const [milestone] = milestones.parse('results' in outcome ? outcome.results : outcome.error);
  if (milestone === undefined) throw new Error('No milestone came');
  return milestone;
}

function bill(work: string, given: Given = {}): Promise<Outcome> {
  return stage.app.call('creates.xero_milestone_invoice.operation.perform', {
    authData: signedIn(stage.sandbox).xero,
    ...given,
    inputData: { recipe: MILESTONE_RECIPE, work, ...given.inputData },
  });
}

const question = z.object({
  outcome: z.string(),
  code: z.string(),
  documentNumber: z.string(),
  differenceKey: z.string(),
  answers: z.array(z.unknown()),
  difference: z.array(z.unknown()),
});

const packed = z.looseObject({ readAt: z.number(), logs: z.array(z.unknown()) });

/** The same work, read so many seconds afterwards. */
function later(work: string, seconds: number): string {
  const read = packed.parse(JSON.parse(work));
  return JSON.stringify({ ...read, readAt: read.readAt + seconds * 1000 });
}

/** So many seconds afterwards one log less was there. */
function withoutALog(work: string, seconds: number): string {
  const read = packed.parse(JSON.parse(later(work, seconds)));
  return JSON.stringify({ ...read, logs: read.logs.slice(0, -1) });
}

const invoices = () => stage.sandbox.admin.records('xero', 'invoices').records;

describe('the invoice of a completed milestone', () => {
  it('is created once, however often the step is replayed', async () => {
    const { work, milestoneId } = await completed();

    const first = await bill(work);
    const again = await bill(work);

    expect(first).toEqual({
      results: expect.objectContaining({
        outcome: 'created',
        number: `ZP-${milestoneId}`,
        status: 'draft',
        lines: [expect.anything(), expect.anything(), expect.anything()],
      }),
    });
    expect(wordFor(again)).toBe('there already');
    expect(invoices()).toHaveLength(1);
  });

  it('is brought up to date while it is a draft that nobody has touched', async () => {
    const { work } = await completed();
    await bill(work);

    const again = await bill(withoutALog(work, 1));

    expect(wordFor(again)).toBe('updated');
    expect(invoices()).toMatchObject([{ LineItems: [{}, {}] }]);
  });

  it('is not put back by work that was read before', async () => {
    const { work } = await completed();
    await bill(withoutALog(work, 1));

    expect(wordFor(await bill(work))).toBe('stale');
    expect(invoices()).toMatchObject([{ LineItems: [{}, {}] }]);
  });

  describe('that was authorised before the work changed', () => {
    let changed: string;
    let asked: z.output<typeof question>;
    let number: string;

    beforeEach(async () => {
      const { work, milestoneId } = await completed();
      number = `ZP-${milestoneId}`;
      await bill(withoutALog(work, 0));
      stage.sandbox.admin.act('xero', 'authorise', { invoice: number });
      changed = later(work, 1);
      const outcome = await bill(changed);
      asked = question.parse('results' in outcome ? outcome.results : outcome.error);
    });

    it('is left as it is, and the step shows what a person has to decide', () => {
      expect(asked).toEqual({
        outcome: 'differs',
        code: 'DOCUMENT_CLOSED',
        documentNumber: number,
        differenceKey: expect.stringMatching(/./),
        answers: [
          { answer: 'next-invoice', meaning: 'Bill the Difference on a Further Document' },
          { answer: 'settled', meaning: 'It Has Been Put Right in Xero by Hand' },
        ],
        difference: [
          {
            kind: 'time-log',
            sourceId: expect.any(String),
            minutes: expect.stringMatching(/^\d+$/),
            amount: '',
          },
        ],
      });
    });

    it('gets a further one once the person has said so, and is asked about no more', async () => {
      const answered = await answer(changed, 'next-invoice');
      const again = await bill(changed);

      expect([wordFor(answered), wordFor(again)]).toEqual(['created', 'there already']);
      expect(invoices()).toMatchObject([
        { InvoiceNumber: number, LineItems: [{}, {}] },
        { InvoiceNumber: `${number}-2`, LineItems: [{}] },
      ]);
    });

    it('is asked about again when more has happened since the person looked', async () => {
      const more = withoutALog(withoutALog(changed, 1), 1);

      expect(wordFor(await answer(more, 'settled'))).toBe('differs');
      expect(invoices()).toHaveLength(1);
    });

    it('is answered by a recipe of its own kind only', async () => {
      const recipe = MILESTONE_RECIPE.replace('milestone-invoice/v1', 'contact-sync/v1');
      expect(wordFor(await answer(changed, 'settled', { inputData: { recipe } }))).toContain(
        'must hold a recipe milestone-invoice/v1',
      );
    });

    function answer(delivery: string, chosen: string, { inputData = {} }: Given = {}): Promise<Outcome> {
      const { documentNumber, differenceKey } = asked;
      return stage.app.call('creates.xero_answer_difference.operation.perform', {
        authData: signedIn(stage.sandbox).xero,
        inputData: {
          recipe: MILESTONE_RECIPE,
          delivery,
          documentNumber,
          differenceKey,
          answer: chosen,
          ...inputData,
        },
      });
    }
  });

  it('carries what it bills, so that other hosts know it', async () => {
    const { work, milestoneId } = await completed();
    await bill(work);

    const [file] = stage.sandbox.admin.records('xero', 'attachments').records;

    expect(file).toMatchObject({ FileName: 'stackbridge.txt', IncludeOnline: false });
    expect(JSON.parse(atob(z.object({ Content: z.string() }).parse(file).Content))).toMatchObject({
      stackbridge: 1,
      recipe: 'milestones',
      subject: milestoneId,
      number: `ZP-${milestoneId}`,
    });
  });

  it('is one when the answer to its creation is lost', async () => {
    const { work } = await completed();
    stage.sandbox.world.faults.add({
      system: 'xero',
      method: 'PUT',
      path: '/Invoices',
      effect: { kind: 'drop-after' },
    });
    await bill(work);
    await bill(work);
    expect(invoices()).toHaveLength(1);
  });

  it('is not made of work that has no account, and says what to add', async () => {
    const { work } = await completed();
    const recipe = MILESTONE_RECIPE.replace(/accounts:[\s\S]*$/, 'accounts: { rates: [] }\n');
    const said = wordFor(await bill(work, { inputData: { recipe } }));
    expect(said).toMatch(/^(HaltedError|AppError)/);
    expect(invoices()).toHaveLength(0);
  });

  it('needs the account map in the recipe itself', async () => {
    const { work } = await completed();
    const recipe = MILESTONE_RECIPE.replace(/accounts:[\s\S]*$/, 'accounts: accounts.yaml\n');
    expect(wordFor(await bill(work, { inputData: { recipe } }))).toContain('write the map itself');
  });

  it('is not made without the agreed amount that the recipe bills', async () => {
    const { work } = await completed();
    const recipe = `${MILESTONE_RECIPE}zoho: { fixedAmount: cf_agreed }\n`;
    expect(wordFor(await bill(work, { inputData: { recipe } }))).toContain('Field of the Agreed Amount');
  });

  it('needs the work as its trigger hands it on', async () => {
    expect(wordFor(await bill('3 hours'))).toContain('Work for Billing Steps');
  });
});

describe('a milestone that has come in', () => {
  const shown = z.array(
    z.looseObject({ id: z.string(), milestoneId: z.string(), isClosed: z.boolean(), minutes: z.number() }),
  );

  async function poll(inputData: object = {}): Promise<z.output<typeof shown>> {
    const outcome = await stage.app.call('triggers.zoho_milestone_completed.operation.perform', {
      authData: signedIn(stage.sandbox).zoho,
      inputData: { expenses: false, lookBack: 720, ...inputData },
    });
    return shown.parse('results' in outcome ? outcome.results : outcome.error);
  }

  let milestone: string;
  let log: string;

  beforeEach(() => {
    const seed = { exact: true, projects: 1, milestones: 1, logs: 1 } as const;
    const { projects, milestones, people } = stage.sandbox.admin.seedZoho(seed);
    milestone = milestones[0] ?? '';
    const task = stage.sandbox.admin.create('zoho-projects', 'tasks', {
      project: projects[0],
      milestone,
      name: 'Talks',
    });
    const owner = people[0];
    const date = new Date(stage.sandbox.world.clock.now()).toISOString().slice(0, 10);
    const entry = { task, owner, date, hours: '1:00', approval: 'Approved' };
    log = stage.sandbox.admin.create('zoho-projects', 'logs', entry);
  });

  it.each([
    ['an edited log', () => stage.sandbox.admin.edit('zoho-projects', 'logs', log, { hours: '2:00' })],
    ['a deleted log', () => stage.sandbox.admin.remove('zoho-projects', 'logs', log)],
    ['its being reopened', () => stage.sandbox.admin.act('zoho-projects', 'reopen-milestone', { milestone })],
  ])('comes in again for %s where that is wished for', async (_, change) => {
    const before = await poll({ again: true });
    const idle = await poll({ again: true });
    stage.sandbox.world.clock.advance(60_000);
    change();
    const after = await poll({ again: true });

    expect(idle).toEqual(before.map((one) => ({ ...one, work: expect.any(String) })));
    expect(after.map(({ milestoneId }) => milestoneId)).toEqual([milestone]);
    expect(after.map(({ id }) => id)).not.toEqual(before.map(({ id }) => id));
  });

  it('comes in again for a change that is undone, although its work is what it was', async () => {
    const ids = [(await poll({ again: true }))[0]?.id];
    for (const hours of ['2:00', '1:00']) {
      stage.sandbox.world.clock.advance(60_000);
      stage.sandbox.admin.edit('zoho-projects', 'logs', log, { hours });
      ids.push((await poll({ again: true }))[0]?.id);
    }
    expect(new Set(ids).size).toBe(3);
  });

  it('comes in once only where nothing else is wished for', async () => {
    const before = await poll();
    stage.sandbox.world.clock.advance(60_000);
    stage.sandbox.admin.edit('zoho-projects', 'logs', log, { hours: '2:00' });

    expect((await poll()).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  });
});
