import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import { withoutSeal } from '@stackbridge/shared-mappers/plan/billing/time-seal.ts';
import { z } from 'zod';
import { type Difference, differences } from '../difference.ts';
import { IoGate } from '../io-gate.ts';
import type { CutKind } from '../io-kind.ts';
import type { ScenarioFailure, ScenarioResult } from '../play.ts';
import type { BillingAbility, BillingHost, BillingRunOptions, BillingSession } from './billing-host.ts';
import type {
  BillingExpectation,
  BillingScenario,
  BillingStep,
  BillingSyncExpectation,
} from './billing-scenario.ts';
import { type BillingRun, inWords } from './billing-worker.ts';
import { checkBillingWorld, plain } from './check-billing-world.ts';
import { Names } from './names.ts';
import { runtimeBilling } from './runtime-billing.ts';

/** Plays a billing scenario in a sandbox of its own. Ends at the first step that goes otherwise than said. */
export async function playBilling(
  scenario: BillingScenario,
  file: string,
  host: BillingHost = runtimeBilling,
): Promise<ScenarioResult> {
  const begun = performance.now();
  const sandbox = await startSandbox({ now: scenario.given.clock, region: scenario.given.region, seed: 1 });
  const session = await host.prepare(sandbox);
  const play = new BillingPlay(sandbox, session, scenario, host);
  let failures: ScenarioFailure[] = [];
  try {
    failures = await play.all(file);
  } finally {
    await session.close();
    await sandbox.close();
  }
  return {
    file,
    title: scenario.title,
    faults: scenario.faults,
    outcome: failures.length === 0 ? 'passed' : 'failed',
    failures,
    calls: play.calls,
    tookMs: Math.round(performance.now() - begun),
  };
}

const row = z.record(z.string(), z.unknown());
const CUT: Readonly<Record<NonNullable<BillingStep['crash']>['of'], CutKind>> = {
  any: 'any',
  read: 'billing-read',
  write: 'billing-write',
  store: 'store',
};

/** What of a scenario a host cannot do, in words. */
export function billingLacks(
  { recipe, also, steps, then }: BillingScenario,
  host: BillingHost,
): string | undefined {
  const foreign = [recipe, ...also].find((one) => !host.recipes.has(one.recipe));
  if (foreign !== undefined) return `does not run ${foreign.recipe}`;
  const needs = steps.flatMap((step): BillingAbility[] => [
    ...(step.crash === undefined ? [] : (['interrupts'] as const)),
    ...(step.answer === undefined ? [] : (['decisions'] as const)),
    ...(step['sync-twice'] === undefined ? [] : (['store'] as const)),
    // That a listing shrank is measured by what an earlier run has seen.
    ...(step.sync?.expect?.stoppedBy === 'BRAKE_SIDE_SHRUNK' ? (['store'] as const) : []),
    ...(step.expect?.conflicts === undefined && step.expect?.failures === undefined
      ? []
      : (['decisions'] as const)),
  ]);
  if ([recipe, ...also].some(paysPeople)) needs.push('store');
  if (then.conflicts !== undefined || then.failures !== undefined) needs.push('decisions');
  const lacking = needs.find((ability) => !host.abilities.has(ability));
  return lacking === undefined ? undefined : LACKS[lacking];
}

/** What was done with timesheets stands in a store alone. */
function paysPeople(recipe: BillingScenario['recipe']): boolean {
  return z.looseObject({ destinations: z.looseObject({ payroll: z.looseObject({}) }) }).safeParse(recipe)
    .success;
}

const LACKS: Readonly<Record<BillingAbility, string>> = {
  decisions: 'has no list on which people decide',
  interrupts: 'cannot be interrupted',
  store: 'keeps no store',
};

class BillingPlay {
  readonly calls: Record<string, number> = {};
  readonly #sandbox: Sandbox;
  readonly #session: BillingSession;
  readonly #host: BillingHost;
  readonly #scenario: BillingScenario;
  readonly #names = new Names();
  /** By name, the one that steps mean without saying so first. */
  readonly #recipes: Map<string, Record<string, unknown>>;

  constructor(sandbox: Sandbox, session: BillingSession, scenario: BillingScenario, host: BillingHost) {
    this.#sandbox = sandbox;
    this.#session = session;
    this.#host = host;
    this.#scenario = scenario;
    this.#recipes = new Map([scenario.recipe, ...scenario.also].map((recipe) => [recipe.name, recipe]));
  }

  async all(file: string): Promise<ScenarioFailure[]> {
    const failed = (step: string, found: readonly Difference[]): ScenarioFailure[] =>
      found.map(({ of, expected, actual }) => ({ file, step: `${step}: ${of}`, expected, actual }));
    const attempt = async (work: () => Promise<Difference[]>): Promise<Difference[]> =>
      work().catch((error: unknown) => [
        { of: 'step', expected: 'can be carried out', actual: inWords(error) },
      ]);

    const staged = await attempt(async () => this.#stage());
    if (staged.length > 0) return failed('given', staged);
    for (const [index, step] of this.#scenario.steps.entries()) {
      const found = await attempt(() => this.#step(step));
      if (found.length > 0) return failed(`${index + 1} ${Object.keys(step).join()}`, found);
    }
    const { settled, ...then } = this.#scenario.then;
    const expected = { conflicts: [], failures: [], ...then };
    const found = await attempt(async () => this.#check(expected));
    if (found.length > 0 || !settled) return failed('then', found);
    const again = await attempt(async () => {
      for (const name of this.#recipes.keys()) {
        const run = await this.#run(name);
        const more = run === 'cut' ? [] : differences('writes', 0, run.summary.writes.xero ?? 0);
        if (more.length > 0) return more;
      }
      return this.#check(expected);
    });
    return failed('another run', again);
  }

  #stage(): Difference[] {
    const { given } = this.#scenario;
    for (const system of ['zoho-projects', 'zoho-books', 'xero'] as const) {
      for (const [collection, records] of Object.entries(given[system])) {
        for (const [name, values] of Object.entries(records)) this.#enter(system, collection, name, values);
      }
    }
    return [];
  }

  #enter(system: string, collection: string, name: string, values: object): void {
    const filled = row.parse(this.#names.filled(values));
    this.#names.give(name, this.#sandbox.admin.create(system, collection, filled));
  }

  async #step(step: BillingStep): Promise<Difference[]> {
    const { admin, world } = this.#sandbox;
    const { sync, crash, enter, edit, remove, find, act, fault, advance, answer, expect } = step;
    if (sync !== undefined) {
      const run = await this.#run(sync.recipe, sync.allow === undefined ? {} : { allow: sync.allow });
      if (this.#host.oneByOne !== true) return this.#checked(run, this.#due(sync.expect));
      // What was deleted at once is held up in one go; what else stops a run is met by each subject in turn.
      return sync.expect?.stoppedBy === 'BRAKE_DELETES' ? this.#checked(run, sync.expect) : [];
    }
    if (step['sync-twice'] !== undefined) return this.#twice();
    if (crash !== undefined) {
      const { at, of, when, recipe } = crash;
      const gate = new IoGate([{ at, of: CUT[of], when, act: 'cut' }]);
      const outcome = await this.#run(recipe, { gate });
      return outcome === 'cut' ? [] : [{ of: 'crash', expected: 'cut', actual: 'it came to its end' }];
    }
    if (enter !== undefined) this.#enter(enter.system, enter.collection, enter.as, enter.with);
    if (edit !== undefined) {
      const values = row.parse(this.#names.filled(edit.set));
      admin.edit(edit.system, edit.collection, this.#names.idOf(edit.of), values);
    }
    if (remove !== undefined) admin.remove(remove.system, remove.collection, this.#names.idOf(remove.of));
    if (find !== undefined) this.#find(find);
    if (act !== undefined) {
      const { system, action, ...input } = act;
      admin.act(system, action, this.#names.filled(input));
    }
    if (fault !== undefined) world.faults.add(fault);
    if (step['clear-faults'] !== undefined) world.faults.clear();
    if (advance !== undefined) world.clock.advance(advance);
    if (step['change-recipe'] !== undefined) {
      const { name } = this.#scenario.recipe;
      this.#recipes.set(name, { ...this.#recipes.get(name), ...step['change-recipe'], name });
    }
    if (answer !== undefined) await this.#answer(answer);
    return expect === undefined ? [] : this.#check(expect);
  }

  #find({ system, collection, as, where }: NonNullable<BillingStep['find']>): void {
    const wanted = row.parse(this.#names.filled(where));
    const found = this.#sandbox.admin
      .records(system, collection, EVERYTHING)
      .records.filter((record) => differences('', wanted, unsealed(plain(record))).length === 0);
    const [only, ...others] = found;
    if (only === undefined || others.length > 0)
      throw new RangeError(`${found.length} records of ${collection} are like that: it has to be one`);
    this.#names.give(as, idOfRecord(only));
  }

  async #answer({ of, document, answer }: NonNullable<BillingStep['answer']>): Promise<void> {
    const subject = this.#names.idIn(of);
    const row = (await this.#session.parked()).find(
      (one) => one.subject === subject && one.kind === 'conflict',
    );
    const field = this.#names.filledText(document);
    if (row === undefined || !row.fields.includes(field))
      throw new RangeError(`${of} has no conflict about ${field}`);
    await this.#session.decide(row, field, answer);
  }

  async #run(
    name = this.#scenario.recipe.name,
    options: BillingRunOptions = {},
  ): Promise<BillingRun | 'cut'> {
    const recipe = this.#recipes.get(name);
    if (recipe === undefined) throw new RangeError(`The scenario has no recipe ${name}`);
    const run = await this.#session.run(recipe, options);
    if (run !== 'cut') {
      for (const [system, n] of Object.entries(run.summary.calls))
        this.calls[system] = (this.calls[system] ?? 0) + n;
    }
    return run;
  }

  async #twice(): Promise<Difference[]> {
    const runs = await Promise.all([this.#run(), this.#run()]);
    const ends = runs.map((run) => (run === 'cut' ? run : (run.summary.stoppedBy ?? 'done'))).sort();
    return differences('ends', ['LEASE_HELD', 'done'], ends);
  }

  /** A ledger on the documents costs reads and writes of its own, and shows what it met before as met again. */
  #due(expected: BillingSyncExpectation = {}): BillingSyncExpectation {
    if (this.#host.abilities.has('store')) return expected;
    const { exit, stoppedBy, counts: { conflicts, failed } = {} } = expected;
    return {
      ...(exit === undefined ? {} : { exit }),
      ...(stoppedBy === undefined ? {} : { stoppedBy }),
      ...(expected.counts === undefined
        ? {}
        : {
            counts: {
              ...(conflicts === undefined ? {} : { conflicts }),
              ...(failed === undefined ? {} : { failed }),
            },
          }),
    };
  }

  #checked(run: BillingRun | 'cut', expected: BillingSyncExpectation): Difference[] {
    if (run === 'cut') return [{ of: 'sync', expected: 'an end', actual: run }];
    const { summary, exit, warnings } = run;
    const { callsAtMost = {}, warnings: wanted = [], writes, counts, stoppedBy } = expected;
    return [
      ...(expected.exit === undefined && (counts !== undefined || stoppedBy !== undefined)
        ? []
        : differences('exit', expected.exit ?? 0, exit)),
      ...differences('stoppedBy', stoppedBy, summary.stoppedBy),
      ...differences('counts', counts ?? {}, summary.counts),
      ...(writes === undefined ? [] : differences('writes', writes, summary.writes.xero)),
      ...Object.entries(callsAtMost).flatMap(([system, most]) => {
        const n = summary.calls[system] ?? 0;
        return most === undefined || n <= most
          ? []
          : [{ of: `calls.${system}`, expected: `at most ${most}`, actual: n }];
      }),
      ...wanted
        .filter((part) => !warnings.some((warning) => warning.includes(part)))
        .map((part) => ({ of: 'warnings', expected: part, actual: warnings })),
    ];
  }

  async #check(expected: BillingExpectation): Promise<Difference[]> {
    const parked = await this.#session.parked();
    return checkBillingWorld(expected, this.#sandbox, parked, this.#names);
  }
}

const EVERYTHING = { limit: 1_000_000, offset: 0 };

/** Records of Xero bear their id under names of their own. */
function idOfRecord(record: Readonly<Record<string, unknown>>): string {
  const key = ['id', 'timeEntryId', 'timesheetID', 'projectId', 'taskId', 'BankTransactionID'].find(
    (name) => name in record,
  );
  return key === undefined ? '' : String(record[key]);
}

/** As people read it: a host without a store keeps its ledger of time behind the mark. */
function unsealed(record: unknown): unknown {
  const described = z.looseObject({ description: z.string() }).safeParse(record).data;
  return described === undefined ? record : { ...described, description: withoutSeal(described.description) };
}
