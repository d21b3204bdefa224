import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import { WHOLE_RECORD } from '@stackbridge/shared-mappers/plan/plan-deletion.ts';
import { act, type Scene } from './act.ts';
import { added, checkSync, together, tooMany } from './check-sync.ts';
import { checkParked, checkRecords, checkRequests } from './check-world.ts';
import type { Difference } from './difference.ts';
import type { EndExpectation, SyncExpectation, WorldExpectation } from './expectation.ts';
import type { Host, HostSession, Moment, SyncOutcome, SyncRequest } from './host.ts';
import { changedRecipe, type PlayedRecipe } from './recipes-of.ts';
import type { CrashStep, MeanwhileStep, Step, SyncStep } from './step.ts';

type Ended = Extract<SyncOutcome, { kind: 'ended' }>;

/** A scenario under way: carries steps out and says what went otherwise than expected. */
export class Rehearsal {
  /** API calls of all syncs so far. */
  calls: Record<string, number> = {};
  readonly #scene: Scene;
  readonly #session: HostSession;
  readonly #hasStore: boolean;
  readonly #oneByOne: boolean;
  #recipes: readonly PlayedRecipe[];
  /** What went wrong in the middle of a sync. */
  readonly #meanwhile: Difference[] = [];

  /** @param host its abilities decide what of a scenario it is held to */
  constructor(
    scene: Scene,
    session: HostSession,
    recipes: readonly PlayedRecipe[],
    { abilities, oneByOne = false }: Pick<Host, 'abilities' | 'oneByOne'>,
  ) {
    this.#scene = scene;
    this.#hasStore = abilities.has('store');
    this.#oneByOne = oneByOne;
    this.#session = session;
    this.#recipes = recipes;
  }

  async step(step: Step): Promise<Difference[]> {
    const { sync, crash, expect, resolve, undo, retry } = step;
    if (sync !== undefined) return this.#sync(sync);
    if (crash !== undefined) return this.#crash(crash);
    if (expect !== undefined) return this.#check(expect);
    if (resolve !== undefined) return this.#resolve(resolve);
    const { cast } = this.#scene;
    if (undo !== undefined)
      return this.#ended(await this.#session.undo({ ids: cast.idsOf(undo.of), field: undo.field }));
    if (retry !== undefined) return this.#ended(await this.#session.retry({ ids: cast.idsOf(retry.of) }));
    if (step['lose-state'] !== undefined) await this.#session.loseState();
    else if (step['save-state'] !== undefined) await this.#session.saveState();
    else if (step['restore-state'] !== undefined) await this.#session.restoreState();
    else if (step['change-recipe'] !== undefined) this.#changeRecipe(step['change-recipe']);
    else if (step.late !== undefined) this.#actLate(step.late);
    else act(step, this.#scene);
    return [];
  }

  #actLate({ by, ...step }: NonNullable<Step['late']>): void {
    const { clock } = this.#scene.sandbox.world;
    clock.advance(-by);
    act(step, this.#scene);
    clock.advance(by);
  }

  /** What holds at the end, and that one more look finds nothing to write. */
  async end(then: EndExpectation, hasParkedLists: boolean): Promise<Difference[]> {
    const lists = hasParkedLists ? { conflicts: [], failures: [], terminal: [] } : {};
    const { requests, ...world } = then;
    const due = this.#hasStore && requests !== undefined ? { ...world, requests } : world;
    const found = [
      ...(await this.#check({ ...lists, ...due })),
      ...tooMany(this.#hasStore ? then.callsAtMost : undefined, this.calls),
    ];
    if (found.length > 0 || !then.settled) return found;

    const { calls } = this;
    const nothing: SyncExpectation = { writes: NO_WRITES };
    const again = await this.#sync({ ...ONE_SYNC, expect: nothing });
    if (again.length > 0) return again.map(({ of, ...rest }) => ({ of: `another sync: ${of}`, ...rest }));
    const { excluded } = then;
    const whole = await this.#sync({
      ...ONE_SYNC,
      full: true,
      expect: excluded === undefined ? nothing : { ...nothing, excluded },
    });
    const after = whole.length > 0 ? [] : await this.#check({ ...lists, ...world });
    this.calls = calls;
    return [...whole, ...after].map(({ of, ...rest }) => ({ of: `a full sync after it: ${of}`, ...rest }));
  }

  async #sync(step: SyncStep): Promise<Difference[]> {
    const before = step.dryRun ? this.#picture() : '';
    const startedAt = this.#now();
    const ended: Ended[] = [];
    for (const recipe of this.#namedOrAll(step.recipe)) {
      const outcome = await this.#session.sync({
        recipe,
        allow: step.allow,
        full: step.full,
        dryRun: step.dryRun,
        meanwhile: step.meanwhile.map(({ steps, ...moment }) => ({
          ...moment,
          act: () => this.#actMeanwhile(steps),
        })),
      });
      if (outcome.kind === 'ended') ended.push(outcome);
    }
    this.#recognise();
    const sum = together(ended);
    if (sum === undefined) throw new RangeError('There is no recipe to sync by');
    this.calls = added(this.calls, sum.summary.calls);
    const due = this.#due(step.expect);
    const found = due === undefined ? [] : checkSync(due, sum, this.#now() - startedAt);
    if (step.dryRun && this.#picture() !== before)
      found.push({ of: 'dryRun', expected: 'nothing written', actual: 'records changed' });
    return [...found, ...this.#meanwhile.splice(0)];
  }

  /**
   * Marks cost writes and reads of their own; that an idle sync writes nothing holds for them, too.
   *
   * @returns undefined where only what both systems then hold can be looked at
   */
  #due(expected: SyncExpectation = {}): SyncExpectation | undefined {
    if (this.#hasStore) return expected;
    const { counts, writes, callsAtMost: _, ...ofRun } = expected;
    if (this.#oneByOne && (ofRun.exit ?? ofRun.stoppedBy) !== undefined) return this.#stopDue(expected);
    const rest = this.#oneByOne ? {} : ofRun;
    const { conflicts, failed } = counts ?? {};
    return {
      ...rest,
      ...(writes === NO_WRITES ? { writes } : {}),
      counts: {
        ...(conflicts === undefined ? {} : { conflicts }),
        ...(failed === undefined ? {} : { failed }),
      },
    };
  }

  /** Too many at once are held up before anybody is handed on; what else stops a run is met by each person in turn. */
  #stopDue({ exit, stoppedBy, brakes, writes }: SyncExpectation): SyncExpectation | undefined {
    if (stoppedBy?.startsWith('BRAKE_') !== true) return undefined;
    const written = writes === undefined ? {} : { writes };
    if (!AT_ONCE.includes(stoppedBy)) return written;
    return {
      stoppedBy,
      ...(exit === undefined ? {} : { exit }),
      ...(brakes === undefined ? {} : { brakes }),
      ...written,
    };
  }

  async #crash({ at, of, when, ...options }: CrashStep): Promise<Difference[]> {
    const cutAt: Moment = { at, of, when };
    for (const recipe of this.#namedOrAll(options.recipe)) {
      const request: SyncRequest = { recipe, allow: options.allow, full: options.full, dryRun: false, cutAt };
      const outcome = await this.#session.sync(request);
      this.#recognise();
      if (outcome.kind === 'cut') return [];
    }
    return [
      { of: 'the cut', expected: `${when} operation ${at} of kind ${of}`, actual: 'the sync had fewer' },
    ];
  }

  async #actMeanwhile(steps: readonly MeanwhileStep[]): Promise<void> {
    for (const { sync, ...step } of steps) {
      if (sync === undefined) act(step, this.#scene);
      else this.#meanwhile.push(...(await this.#sync({ ...sync, dryRun: false, meanwhile: [] })));
    }
  }

  async #check(expected: WorldExpectation): Promise<Difference[]> {
    const { screens, cast, sandbox } = this.#scene;
    const found = [
      ...checkRecords(expected, screens, cast),
      ...checkRequests(expected.requests, sandbox.world.calls),
    ];
    const { conflicts, failures, terminal } = expected;
    if (conflicts === undefined && failures === undefined && terminal === undefined) return found;
    const parked = await this.#session.parked();
    const compare = (kind: 'conflict' | 'failure' | 'terminal', list: typeof conflicts): Difference[] =>
      list === undefined ? [] : checkParked(kind, list, parked, cast);
    return [
      ...found,
      ...compare('conflict', conflicts),
      ...compare('failure', failures),
      ...compare('terminal', terminal),
    ];
  }

  async #resolve({ of, field, keep, value }: NonNullable<Step['resolve']>): Promise<Difference[]> {
    const ids = new Set(this.#scene.cast.idsOf(of));
    const rows = (await this.#session.parked()).filter(
      (row) =>
        row.kind === 'conflict' && [row.leftId, row.rightId].some((id) => id !== undefined && ids.has(id)),
    );
    if (rows.length === 0) return [{ of: `conflict of ${of}`, expected: 'one to resolve', actual: 'none' }];
    const take =
      value === undefined ? ({ side: keep === 'mailchimp' ? 'right' : 'left' } as const) : { value };
    const answers = rows.flatMap((row) =>
      namesAtIssue(row, field).map((name) => ({
        recipe: row.recipe,
        subject: row,
        field: name,
        take,
      })),
    );
    return this.#ended(await this.#session.decide(answers));
  }

  #changeRecipe({ recipe, change }: NonNullable<Step['change-recipe']>): void {
    const [name] = this.#namedOrAll(recipe);
    this.#recipes = this.#recipes.map((played) =>
      played.name === name ? changedRecipe(played, change) : played,
    );
    const played = this.#recipes.find((candidate) => candidate.name === name);
    if (played !== undefined) this.#session.changeRecipe(played);
  }

  #ended(outcome: SyncOutcome): Difference[] {
    this.#recognise();
    if (outcome.kind !== 'ended') return [];
    this.calls = added(this.calls, outcome.summary.calls);
    return checkSync({}, outcome, 0);
  }

  #recognise(): void {
    this.#scene.cast.recognise(this.#recipes.flatMap(({ collections }) => collections));
  }

  #namedOrAll(name: string | undefined): string[] {
    const names = this.#recipes.map((recipe) => recipe.name);
    if (name === undefined) return names;
    if (!names.includes(name)) throw new RangeError(`No recipe ${name}; there are ${names.join(', ')}`);
    return [name];
  }

  /** Everything both systems hold, as one text. */
  #picture(): string {
    const { screens } = this.#scene;
    return JSON.stringify(
      this.#recipes.flatMap(({ collections }) =>
        collections.map(({ system, collection }) => screens.show(system, collection)),
      ),
    );
  }

  #now(): number {
    return this.#scene.sandbox.world.clock.now();
  }
}

/** A conflict over the whole record has no field of its own; its decision goes by the empty name. */
function namesAtIssue({ fields }: Parked, field: string | undefined): readonly string[] {
  if (field !== undefined) return [field];
  // A deletion is decided as a whole.
  return fields.length === 0 ? [WHOLE_RECORD] : fields;
}

const AT_ONCE: readonly string[] = ['BRAKE_DELETES', 'BRAKE_OVERWRITES'];
const NO_WRITES: NonNullable<SyncExpectation['writes']> = { salesforce: 0, mailchimp: 0 };
const ONE_SYNC: SyncStep = { allow: [], full: false, dryRun: false, meanwhile: [] };
