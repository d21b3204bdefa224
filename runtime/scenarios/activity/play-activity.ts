import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import { campaignActivity, countsEarlier } from '@stackbridge/shared-mappers/recipes/campaign-activity.ts';
import { z } from 'zod';
import { inWords } from '../billing/billing-worker.ts';
import { Names } from '../billing/names.ts';
import { type Difference, differences } from '../difference.ts';
import { IoGate } from '../io-gate.ts';
import type { ScenarioFailure, ScenarioResult } from '../play.ts';
import type { ActivityAbility, ActivityHost, ActivityRunOptions, ActivitySession } from './activity-host.ts';
import { seenInSalesforce } from './activity-records.ts';
import type {
  ActivityExpectation,
  ActivityScenario,
  ActivityStep,
  ActivitySyncExpectation,
} from './activity-scenario.ts';
import type { ActivityRun } from './activity-worker.ts';
import { runtimeActivity } from './runtime-activity.ts';

/** Plays a scenario of campaign activity in a sandbox of its own. Ends at the first step that goes otherwise than said. */
export async function playActivity(
  scenario: ActivityScenario,
  file: string,
  host: ActivityHost = runtimeActivity,
): Promise<ScenarioResult> {
  const begun = performance.now();
  const sandbox = await startSandbox({ now: scenario.given.clock, seed: 1 });
  const session = await host.prepare(sandbox);
  const play = new ActivityPlay(sandbox, session, scenario, host);
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
const LIST = 'aud0000001';
const EVERYTHING = { limit: 1_000_000, offset: 0 };

/** What of a scenario a host cannot do, in words. */
export function activityLacks({ recipe, steps }: ActivityScenario, host: ActivityHost): string | undefined {
  const isBraked = steps.some(({ sync }) => sync?.expect?.stoppedBy?.startsWith('BRAKE_') === true);
  if (isBraked && host.oneByOne === true)
    return 'sees one event at a time: no brake can look at a run as a whole';
  const read = campaignActivity.safeParse(recipe).data;
  const needs = [
    ...(read !== undefined && countsEarlier(read) ? (['store'] as const) : []),
    ...steps.flatMap(({ crash, sync }) =>
      crash === undefined && sync?.meanwhile === undefined ? [] : (['interrupts'] as const),
    ),
  ];
  const lacking = needs.find((ability) => !host.abilities.has(ability));
  return lacking === undefined ? undefined : LACKS[lacking];
}

const LACKS: Readonly<Record<ActivityAbility, string>> = {
  interrupts: 'cannot be interrupted',
  store: 'keeps no store: nothing that was delivered is counted on',
};

class ActivityPlay {
  readonly calls: Record<string, number> = {};
  readonly #sandbox: Sandbox;
  readonly #session: ActivitySession;
  readonly #host: ActivityHost;
  readonly #scenario: ActivityScenario;
  readonly #names = new Names();
  /** Contact ids of readers, by name: addresses change. */
  readonly #readers = new Map<string, string>();
  #recipe: Record<string, unknown>;

  constructor(sandbox: Sandbox, session: ActivitySession, scenario: ActivityScenario, host: ActivityHost) {
    this.#sandbox = sandbox;
    this.#session = session;
    this.#host = host;
    this.#scenario = scenario;
    this.#recipe = scenario.recipe;
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
    const expected = { failures: [], ...then };
    const found = await attempt(() => this.#check(expected));
    if (found.length > 0 || !settled) return failed('then', found);
    const again = await attempt(async () => {
      const before = seenInSalesforce(this.#sandbox);
      const run = await this.#run();
      // What a host without a store has delivered it may say again, as long as that changes nothing.
      const more =
        run === 'cut' || !this.#host.abilities.has('store')
          ? differences('records', before, seenInSalesforce(this.#sandbox))
          : differences('writes', 0, run.summary.writes.salesforce ?? 0);
      return more.length > 0 ? more : this.#check(expected);
    });
    return failed('another run', again);
  }

  #stage(): Difference[] {
    const { readers, crowd, salesforce } = this.#scenario.given;
    for (const name of readers) this.#subscribe(name);
    for (let n = 1; n <= crowd; n++) {
      this.#subscribe(`p${n}`);
      this.#enter('Contact', `p${n}`, { LastName: `P${n}`, Email: `p${n}@acme.test` });
    }
    for (const [object, records] of Object.entries(salesforce)) {
      for (const [name, values] of Object.entries(records)) this.#enter(object, name, values);
    }
    return [];
  }

  #subscribe(name: string): void {
    const values = { email_address: `${name}@acme.test` };
    this.#readers.set(name, this.#sandbox.admin.create('mailchimp', LIST, values));
  }

  #enter(object: string, name: string, values: object): void {
    const filled = row.parse(this.#names.filled(values));
    this.#names.give(name, this.#sandbox.admin.create('salesforce', object, filled));
  }

  #reader(name: string): string {
    const id = this.#readers.get(name);
    if (id === undefined) throw new RangeError(`Nobody called ${name} is subscribed`);
    return id;
  }

  async #step(step: ActivityStep): Promise<Difference[]> {
    const { admin, world } = this.#sandbox;
    const { sync, crash, enter, edit, move, administrator, fault, advance, expect } = step;
    if (sync !== undefined) return this.#sync(sync);
    if (crash !== undefined) {
      const outcome = await this.#run({ gate: new IoGate([{ ...crash, act: 'cut' }]) });
      return outcome === 'cut' ? [] : [{ of: 'crash', expected: 'cut', actual: 'it came to its end' }];
    }
    this.#read(step);
    if (step['lose-state'] !== undefined) this.#session.loseState();
    if (enter !== undefined) this.#enter(enter.object, enter.as, enter.with);
    if (edit !== undefined)
      admin.edit(
        'salesforce',
        edit.object,
        this.#names.idOf(edit.of),
        row.parse(this.#names.filled(edit.set)),
      );
    if (move !== undefined) {
      const contact_id = this.#reader(move.reader);
      admin.act('mailchimp', 'change-email', { list: LIST, contact_id, new_email: move.to });
    }
    if (administrator !== undefined) {
      const { action, ...input } = administrator;
      admin.act('salesforce', action, this.#names.filled(input));
    }
    if (fault !== undefined) world.faults.add(fault);
    if (step['clear-faults'] !== undefined) world.faults.clear();
    if (advance !== undefined) world.clock.advance(advance);
    if (step['change-recipe'] !== undefined) this.#recipe = { ...this.#recipe, ...step['change-recipe'] };
    return expect === undefined ? [] : this.#check(expect);
  }

  /** What readers do. */
  #read(step: ActivityStep): void {
    const { admin, world } = this.#sandbox;
    const { send } = step;
    if (send !== undefined) {
      const to = send.to?.map((name) => this.#reader(name));
      const values = { list: LIST, title: send.title, ...(to === undefined ? {} : { to }) };
      this.#names.give(send.as, admin.create('mailchimp', 'campaigns', values));
    }
    for (const action of ['open', 'click', 'bounce', 'leave'] as const) {
      const done = step[action];
      if (done === undefined) continue;
      const { campaign, by, ago = 0, ...more } = done;
      const at = new Date(world.clock.now() - ago).toISOString();
      const which = { campaign: this.#names.idOf(campaign), to: this.#reader(by), at };
      admin.act('mailchimp', action, { ...which, ...more });
    }
  }

  async #sync({
    allow,
    retry,
    meanwhile,
    expect = {},
  }: NonNullable<ActivityStep['sync']>): Promise<Difference[]> {
    const happen = async (): Promise<void> => {
      if (meanwhile?.drop !== undefined) {
        this.#sandbox.admin.remove('mailchimp', 'campaigns', this.#names.idOf(meanwhile.drop));
        return;
      }
      const contact_id = this.#reader(meanwhile?.forget ?? '');
      this.#sandbox.admin.act('mailchimp', 'delete-permanent', { list: LIST, contact_id });
    };
    const gate = new IoGate(
      meanwhile === undefined ? [] : [{ at: meanwhile.at, of: meanwhile.of, when: 'after', act: happen }],
    );
    const run = await this.#run({ allow, retry, gate });
    return this.#host.oneByOne === true ? [] : this.#checked(run, this.#due(expect));
  }

  async #run(options: ActivityRunOptions = {}): Promise<ActivityRun | 'cut'> {
    const run = await this.#session.run(this.#recipe, options);
    if (run !== 'cut') {
      for (const [system, n] of Object.entries(run.summary.calls))
        this.calls[system] = (this.calls[system] ?? 0) + n;
    }
    return run;
  }

  /** What a host finds again it counts again, and who failed before fails again while it is looked back at. */
  #due(expected: ActivitySyncExpectation): ActivitySyncExpectation {
    if (this.#host.abilities.has('store')) return expected;
    const { exit, stoppedBy } = expected;
    return stoppedBy === undefined ? {} : { stoppedBy, ...(exit === undefined ? {} : { exit }) };
  }

  #checked(run: ActivityRun | 'cut', expected: ActivitySyncExpectation): Difference[] {
    if (run === 'cut') return [{ of: 'sync', expected: 'an end', actual: run }];
    const { summary, exit, message } = run;
    const { callsAtMost = {}, writes, counts, stoppedBy } = expected;
    const found = [
      ...(this.#host.abilities.has('store') || expected.exit !== undefined
        ? differences('exit', expected.exit ?? 0, exit)
        : []),
      ...differences('stoppedBy', stoppedBy, summary.stoppedBy),
      ...differences('counts', counts ?? {}, summary.counts),
      ...(writes === undefined ? [] : differences('writes', writes, summary.writes.salesforce)),
      ...Object.entries(callsAtMost).flatMap(([system, most]) => {
        const n = summary.calls[system] ?? 0;
        return most === undefined || n <= most
          ? []
          : [{ of: `calls.${system}`, expected: `at most ${most}`, actual: n }];
      }),
    ];
    return found.length > 0 && message !== undefined
      ? [...found, { of: 'message', expected: 'none', actual: message }]
      : found;
  }

  async #check({ salesforce = {}, failures }: ActivityExpectation): Promise<Difference[]> {
    const found: Difference[] = [];
    for (const [object, wanted] of Object.entries(salesforce)) {
      const { records } = this.#sandbox.admin.records('salesforce', object, EVERYTHING);
      const live = records.filter(({ IsDeleted }) => IsDeleted !== true);
      if (typeof wanted === 'number') {
        found.push(...differences(object, wanted, live.length));
        continue;
      }
      const filled = wanted.map((values) => row.parse(this.#names.filled(values)));
      const fields = [...new Set(filled.flatMap((values) => Object.keys(values)))].sort();
      const only = (values: Record<string, unknown>): string =>
        JSON.stringify(fields.map((field) => [field, values[field] ?? null]));
      found.push(...differences(object, filled.map(only).sort(), live.map(only).sort()));
    }
    if (failures === undefined) return found;
    const rows = await this.#session.failures();
    const told = rows.map(({ subject, code }) => `${subject} ${code}`).sort();
    const hashes = new Map(
      this.#sandbox.admin
        .records('mailchimp', LIST, EVERYTHING)
        .records.map(({ contact_id, id }) => [String(contact_id), String(id)]),
    );
    const idOf = (of: string): string => {
      const reader = this.#readers.get(of);
      return reader === undefined ? this.#names.idOf(of) : (hashes.get(reader) ?? '-');
    };
    const isTold = failures.every(({ of, code }) =>
      told.some((one) => one.includes(idOf(of)) && one.endsWith(code)),
    );
    if (!isTold || told.length !== failures.length)
      found.push({ of: 'failures', expected: failures, actual: told });
    return found;
  }
}
