import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import type { Answer, HostSession, HostSetup, SyncOutcome, SyncRequest } from 'stackbridge/scenarios/host.ts';
import { Screens } from 'stackbridge/scenarios/screens.ts';
import { markFields } from '../../support/marked-fields.ts';
import { withMarks } from '../../support/with-marks.ts';
import { BothSides } from './both-sides.ts';
import type { PackagedApp } from './packaged-app.ts';
import { Platform, type StepEnd } from './platform.ts';
import { type Delivery, waitsForOthers, Zap } from './zap.ts';
import { ZapHistory } from './zap-history.ts';
import { ZapRun } from './zap-run.ts';

/** More would be a loop. */
const MOST_ROUNDS = 12;

/** Deliveries that are played once more when all is quiet, newest first: late, out of order, and again. */
const REDELIVERED = 6;

/** The Delay step that docs/zapier.md puts before a conflict is looked at again: six hours. */
const DELAY_MS = 6 * 3_600_000;

/** As a person writes it who lets them all through, or who only wants to see them. */
const ALL_DELETIONS = { mostDeleted: 1_000_000 };
const ALL_CHANGES = { mostChanged: 1_000_000 };

/** How often Zapier replays a step that failed. */
const MOST_REPLAYS = 5;

/** The longest that a trigger looks back, in hours. The Zaps are on while a scenario's time passes. */
const LOOK_BACK_H = 720;

/** The Zaps of one recipe: a trigger for changes and one for removals of the CRM, one for the members. */
interface Zaps {
  readonly zaps: readonly Zap[];
  text: string;
  /** The text that the Zaps were last turned on with. */
  published: string;
  /** Held by the Delay step, to be looked at again. */
  delayed: { readonly delivery: Delivery; readonly dueAt: number }[];
  /** Failed, to be replayed. */
  open: { readonly delivery: Delivery; readonly replays: number }[];
}

/** A recipe as two Zaps carry it out, one each way and each with the step of the other at its end, on a platform that dedupes, replays and reorders. */
export class ZapSession implements HostSession {
  readonly #setup: HostSetup;
  readonly #platform: Platform;
  readonly #screens: Screens;
  readonly #recipes = new Map<string, Zaps>();
  readonly #history = new ZapHistory();

  constructor(app: PackagedApp, setup: HostSetup) {
    // Another scenario, another Zapier account.
    app.forget();
    this.#setup = setup;
    this.#platform = new Platform(app, setup.sandbox);
    this.#screens = new Screens(setup.sandbox);
    markFields(setup);
    for (const { name, text } of setup.recipes) this.#recipes.set(name, this.#zapsOf(text));
  }

  #zapsOf(written: string): Zaps {
    const { text, recipe } = withMarks(written);
    const { object } = recipe.salesforce;
    const audience = this.#screens.audience(recipe.mailchimp.audience).id;
    const crm = { source: 'salesforce', input: { object, lookBack: LOOK_BACK_H } } as const;
    const mail = { source: 'mailchimp', input: { audience, lookBack: LOOK_BACK_H } } as const;
    const current = (): string => zaps.text;
    const zaps: Zaps = {
      zaps: [
        new Zap(this.#platform, { ...crm, trigger: 'salesforce_record_changed' }, current),
        new Zap(this.#platform, { ...crm, trigger: 'salesforce_record_removed' }, current),
        new Zap(this.#platform, { ...mail, trigger: 'mailchimp_member_changed' }, current),
      ],
      text,
      published: text,
      delayed: [],
      open: [],
    };
    return zaps;
  }

  async sync({ recipe, dryRun, allow }: SyncRequest): Promise<SyncOutcome> {
    const before = this.#bothSides(recipe);
    const zaps = this.#named(recipe);
    const run = new ZapRun();
    if (dryRun) return this.#preview(recipe, zaps, run);
    await this.#replayFailed(recipe, zaps, run);
    await this.#lookAgain(recipe, zaps, run);
    const fields = {
      ...(allow.includes('deletes') ? ALL_DELETIONS : {}),
      ...(allow.includes('overwrites') ? ALL_CHANGES : {}),
    };
    const letsThrough = Object.keys(fields).length > 0;
    if (letsThrough || isEdited(zaps)) await turnOn(zaps, fields);
    zaps.published = zaps.text;
    await this.#untilQuiet(recipe, zaps, run, fields);
    if (letsThrough) await turnOn(zaps, {});
    const written = this.#bothSides(recipe).writtenSince(before);
    await this.#redeliver(recipe, zaps, run);
    return run.outcome(this.#history.rowsOf(recipe), written);
  }

  /** A copy of each Zap that lets everything through, and whose sync step only says what it would do. */
  async #preview(recipe: string, copied: Zaps, run: ZapRun): Promise<SyncOutcome> {
    for (const zap of copied.zaps) {
      const fresh = await zap.peek({ ...ALL_DELETIONS, ...ALL_CHANGES }, isEdited(copied));
      if ('kind' in fresh) {
        run.stop(fresh);
        continue;
      }
      for (const delivery of fresh) {
        const end = await zap.act(delivery, { preview: true });
        if (end.kind !== 'done') run.stop(end);
      }
    }
    return run.outcome(this.#history.rowsOf(recipe), { salesforce: 0, mailchimp: 0 });
  }

  async #untilQuiet(recipe: string, zaps: Zaps, run: ZapRun, fields: object = {}): Promise<void> {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      let isQuiet = true;
      for (const zap of zaps.zaps) {
        const fresh = await zap.poll(fields);
        if ('kind' in fresh) {
          run.stop(fresh);
          continue;
        }
        for (const delivery of fresh) {
          isQuiet = false;
          await this.#deliver(recipe, delivery, 0, run);
        }
      }
      if (isQuiet) return;
    }
    throw new RangeError(`The Zaps of ${recipe} never come to rest`);
  }

  async #replayFailed(recipe: string, zaps: Zaps, run: ZapRun): Promise<void> {
    const open = zaps.open.splice(0);
    for (const { delivery, replays } of open) await this.#deliver(recipe, delivery, replays + 1, run);
  }

  /** Where a conflict waits for others: Zapier's Delay, the search for the record, and the sync step once more. */
  async #lookAgain(recipe: string, zaps: Zaps, run: ZapRun): Promise<void> {
    const now = this.#setup.sandbox.world.clock.now();
    const due = zaps.delayed.filter(({ dueAt }) => dueAt <= now);
    zaps.delayed = zaps.delayed.filter(({ dueAt }) => dueAt > now);
    for (const { delivery } of due) {
      const found = await delivery.zap.find(delivery);
      if (found !== undefined) await this.#deliver(recipe, found, 0, run);
    }
  }

  /** All steps of a Zap: the sync step, and that of the other direction with what the first hands on. */
  async #deliver(recipe: string, delivery: Delivery, replays: number, run: ZapRun): Promise<void> {
    const end = await this.#take(recipe, delivery, replays, run);
    if (end.kind !== 'done' || delivery.isLast === true) return;
    if (waitsForOthers(end.results)) {
      const dueAt = this.#setup.sandbox.world.clock.now() + DELAY_MS;
      this.#named(recipe).delayed.push({ delivery, dueAt });
    }
    const back = this.#named(recipe).zaps.find(({ target }) => target !== delivery.zap.target);
    const onward = back?.goOn(end.results);
    if (onward !== undefined) await this.#take(recipe, onward, 0, run);
  }

  async #take(recipe: string, delivery: Delivery, replays: number, run: ZapRun): Promise<StepEnd> {
    const end = await delivery.zap.act(delivery);
    this.#setup.sandbox.world.clock.advance(1_000);
    this.#history.enter(recipe, delivery, end);
    if (end.kind === 'done') run.delivered.push(delivery);
    if (end.kind === 'wrong' || end.kind === 'held') run.stop(end);
    if ((end.kind === 'failed' || end.kind === 'held') && replays < MOST_REPLAYS)
      this.#named(recipe).open.push({ delivery, replays });
    return end;
  }

  /** What came in already comes in again, the last first: marks may note it, but nothing that people see may change. */
  async #redeliver(recipe: string, zaps: Zaps, run: ZapRun): Promise<void> {
    const again = run.delivered.slice(-REDELIVERED).reverse();
    const before = this.#bothSides(recipe);
    for (const delivery of again) await delivery.zap.act(delivery);
    await this.#untilQuiet(recipe, zaps, new ZapRun());
    const changed = this.#bothSides(recipe).changedForPeople(before);
    if (changed.length > 0)
      throw new RangeError(`A replay of what had been delivered changed ${changed.join()}`);
  }

  async parked(): Promise<readonly Parked[]> {
    return this.#history.rows();
  }

  async decide(answers: readonly Answer[]): Promise<SyncOutcome> {
    const [first] = answers;
    if (first === undefined) throw new RangeError('There is nothing to decide');
    const { recipe } = first;
    const run = new ZapRun();
    const before = this.#bothSides(recipe);
    for (const { subject, field, take } of answers) {
      const { zap, record, recordId } = this.#history.deliveryOf(subject);
      const { leftId = '', rightId = '' } = subject;
      const chosen =
        'value' in take
          ? { keep: 'value', value: take.value }
          : { keep: take.side === 'left' ? 'salesforce' : 'mailchimp' };
      const input = {
        recipe: this.#named(recipe).text,
        record,
        salesforceId: leftId,
        memberId: rightId,
        field,
        ...chosen,
      };
      const end = await this.#platform.run('creates.resolve_conflict', zap.target, input);
      this.#setup.sandbox.world.clock.advance(1_000);
      this.#history.enter(recipe, { zap, record, recordId }, end);
      if (end.kind !== 'done') run.stop(end);
    }
    await this.#untilQuiet(recipe, this.#named(recipe), run);
    return run.outcome(this.#history.rowsOf(recipe), this.#bothSides(recipe).writtenSince(before));
  }

  /** Somebody replays the run of a Zap. */
  async retry({ ids }: { readonly ids: readonly string[] }): Promise<SyncOutcome> {
    const row = this.#history
      .rows()
      .find(({ leftId = '', rightId = '' }) => ids.includes(leftId) || ids.includes(rightId));
    if (row === undefined) throw new RangeError('There is no failure to retry');
    const run = new ZapRun();
    const before = this.#bothSides(row.recipe);
    await this.#deliver(row.recipe, this.#history.deliveryOf(row), 0, run);
    await this.#untilQuiet(row.recipe, this.#named(row.recipe), run);
    return run.outcome(this.#history.rowsOf(row.recipe), this.#bothSides(row.recipe).writtenSince(before));
  }

  audit = async (): Promise<[]> => [];
  undo = unable;
  loseState = unable;
  saveState = unable;
  restoreState = unable;

  changeRecipe({ name, text }: { readonly name: string; readonly text: string }): void {
    this.#named(name).text = withMarks(text).text;
  }

  async close(): Promise<void> {}

  #named(name: string): Zaps {
    const found = this.#recipes.get(name);
    if (found === undefined) throw new RangeError(`No recipe ${name}`);
    return found;
  }

  #bothSides(name: string): BothSides {
    return new BothSides(this.#screens, withMarks(this.#named(name).text).recipe);
  }
}

/** The recipe was edited, and the Zaps have it not yet. */
function isEdited({ text, published }: Zaps): boolean {
  return text !== published;
}

/** A person has put something into fields of the triggers, or has emptied them again. */
async function turnOn({ zaps }: Zaps, fields: object): Promise<void> {
  for (const zap of zaps) await zap.turnOn(fields);
}

async function unable(): Promise<never> {
  throw new RangeError('Zapier cannot do this');
}
