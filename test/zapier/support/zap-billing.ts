import type { Sandbox } from '@stackbridge/sandbox/start.ts';
import { ERROR_CODES, type ErrorCode } from '@stackbridge/shared-mappers/errors/codes.ts';
import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import type { BillingAnswer } from '@stackbridge/shared-mappers/plan/billing/decision.ts';
import type { BrakeName } from '@stackbridge/shared-mappers/plan/brakes.ts';
import { EXIT, exitCodeOf } from 'stackbridge/commands/exit-code.ts';
import type { BillingRunOptions, BillingSession } from 'stackbridge/scenarios/billing/billing-host.ts';
import type { BillingRun } from 'stackbridge/scenarios/billing/billing-worker.ts';
import { z } from 'zod';
import { BillingTrigger } from './billing-trigger.ts';
import { type Item, type Recipe, recipeOf, subjectOf, ZAPS } from './billing-zaps.ts';
import { EMPTY_SUMMARY } from './empty-summary.ts';
import type { PackagedApp } from './packaged-app.ts';
import { Platform, type StepEnd } from './platform.ts';
import { VoidedDocuments } from './voided-documents.ts';
import { ZapGone } from './zap-gone.ts';

const fields = z.record(z.string(), z.unknown());
const code = z.custom<ErrorCode>((given) => typeof given === 'string' && given in ERROR_CODES);
const told = z.looseObject({
  outcome: z.string(),
  message: z.string(),
  code: code.or(z.literal('')).default(''),
  documentNumber: z.string().default(''),
  differenceKey: z.string().default(''),
  /** What became of each part of it, where it has parts. */
  entries: z
    .array(
      z.object({
        logId: z.string(),
        outcome: z.string(),
        code: code.or(z.literal('')),
        message: z.string(),
        documentNumber: z.string(),
      }),
    )
    .optional(),
});

/** How often Zapier replays a step that failed. */
const MOST_REPLAYS = 5;

/** As far apart as polls are, which leaves Xero's limit of a minute alone. */
const BETWEEN_RUNS_MS = 60_000;

/** What waits for a person, and what it was made of. */
interface Waiting {
  readonly recipe: Recipe;
  readonly item: Item;
  readonly subject: string;
  readonly rows: readonly Parked[];
  readonly differenceKey: string;
}

interface Open {
  readonly item: Item;
  readonly replays: number;
}

/** A Zap of each billing recipe, on a platform that dedupes, replays and reorders. */
export class ZapBilling implements BillingSession {
  readonly #sandbox: Sandbox;
  readonly #platform: Platform;
  readonly #trigger: BillingTrigger;
  readonly #gone: ZapGone;
  readonly #voided: VoidedDocuments;
  readonly #open = new Map<string, Open[]>();
  /** What stopped softly or waits for somebody: whoever has mended something replays it. */
  readonly #waiting = new Map<string, Waiting>();
  /** What a run of the Zap was given is what its replays are given. */
  readonly #taken = new WeakMap<Item, StepEnd>();

  constructor(app: PackagedApp, sandbox: Sandbox) {
    this.#sandbox = sandbox;
    this.#platform = new Platform(app, sandbox);
    this.#trigger = new BillingTrigger(this.#platform);
    this.#voided = new VoidedDocuments(this.#platform);
    this.#gone = new ZapGone(this.#platform, sandbox);
    sandbox.world.calls.recording = true;
    // Another scenario, another Zapier account.
    app.forget();
  }

  /** New ids only, oldest first; what waited, as somebody replays it; then all of it once more, the last first. */
  async run(given: unknown, { allow = [] }: BillingRunOptions = {}): Promise<BillingRun> {
    const recipe = recipeOf(given);
    const before = this.#sandbox.world.calls.list().length;
    const shown = [...(await this.#voided.poll(recipe)), ...(await this.#trigger.poll(recipe))];
    const fresh = shown.map((item) => ({ item, replays: 0 }));
    const failed = this.#open.get(recipe.name) ?? [];
    this.#open.set(recipe.name, []);
    const due = [
      ...failed.map(({ item, replays }) => ({ item, replays: replays + 1 })),
      ...this.#replayed(recipe, fresh),
      ...fresh,
    ];
    const stops: ErrorCode[] = [];
    for (const one of due) stops.push(...(await this.#deliver(recipe, one, allow)));
    const [stoppedBy] = stops;
    const writes = this.#writesSince(before);
    await this.#redeliver(recipe, due);
    await this.#gone.run(recipe);
    const summary = { ...EMPTY_SUMMARY, writes: { xero: writes } };
    if (stoppedBy === undefined) return { exit: EXIT.done, summary, warnings: [] };
    return { exit: exitCodeOf(stoppedBy), summary: { ...summary, stoppedBy }, warnings: [] };
  }

  /** Whoever has mended something replays what stopped for it, unless newer work of the same has come in. */
  #replayed(recipe: Recipe, fresh: readonly Open[]): Open[] {
    const renewed = new Set(fresh.map(({ item }) => subjectOf(recipe, item)));
    return [...this.#waiting.values()]
      .filter(({ recipe: { name }, subject }) => name === recipe.name && !renewed.has(subject))
      .map(({ item }) => ({ item, replays: 0 }));
  }

  /** The brake that stopped it, if one did. */
  async #deliver(
    recipe: Recipe,
    { item, replays }: Open,
    allow: readonly BrakeName[],
  ): Promise<readonly ErrorCode[]> {
    const end = await this.#act(recipe, item, allow);
    this.#sandbox.world.clock.advance(BETWEEN_RUNS_MS);
    this.#enter(recipe, item, end);
    if ((end.kind === 'failed' || end.kind === 'held') && replays < MOST_REPLAYS)
      this.#open.get(recipe.name)?.push({ item, replays });
    const stopped = end.kind === 'wrong' ? code.safeParse(end.code).data : undefined;
    return stopped !== undefined && ERROR_CODES[stopped].class === 'Brake' ? [stopped] : [];
  }

  async #act(recipe: Recipe, item: Item, allow: readonly BrakeName[] = []): Promise<StepEnd> {
    const { action, takes } = ZAPS[recipe.recipe];
    const taken = this.#taken.get(item) ?? (await this.#take(item, takes));
    if (taken.kind !== 'done') return taken;
    this.#taken.set(item, taken);
    return this.#platform.run(`creates.${action}`, 'xero', {
      recipe: recipe.text,
      ...fields.parse(taken.results),
      ...(allow.includes('deletes') ? { allowsDeletes: true } : {}),
    });
  }

  /** The fields that the action is given, or how a hydrator failed. */
  async #take(item: Item, takes: Readonly<Record<string, string>>): Promise<StepEnd> {
    const input: Record<string, unknown> = {};
    for (const [field, shown] of Object.entries(takes)) {
      const end = await this.#platform.take(item[shown], 'zoho');
      if (end.kind !== 'done') return end;
      input[field] = end.results;
    }
    return { kind: 'done', results: input };
  }

  /** A replay of what is done writes nothing. */
  async #redeliver(recipe: Recipe, due: readonly Open[]): Promise<void> {
    const open = new Set(this.#open.get(recipe.name)?.map(({ item }) => item.id));
    const before = this.#sandbox.world.calls.list().length;
    for (const { item } of due.toReversed())
      if (!open.has(item.id) && !this.#waiting.has(subjectOf(recipe, item))) await this.#act(recipe, item);
    const writes = this.#writesSince(before);
    if (writes > 0) throw new RangeError(`A replay of what had been delivered wrote ${writes} times`);
  }

  #writesSince(before: number): number {
    return this.#sandbox.world.calls
      .list()
      .slice(before)
      .filter(({ system, method, path, status }) => {
        return system === 'xero' && method !== 'GET' && !path.includes('/identity/') && status < 400;
      }).length;
  }

  /** As a person reads the history of the Zap. */
  #enter(recipe: Recipe, item: Item, end: StepEnd): void {
    const subject = subjectOf(recipe, item);
    const row = rowOf(recipe, subject);
    const wait = (rows: readonly Parked[], differenceKey = ''): void => {
      if (rows.length > 0) this.#waiting.set(subject, { recipe, item, subject, rows, differenceKey });
    };
    if (end.kind !== 'done') {
      this.#waiting.delete(subject);
      // It waits until somebody connects the account again.
      if (end.kind === 'held') return;
      const known = code.safeParse(end.code).data ?? 'BUG';
      wait([{ ...row, kind: 'failure', code: known, message: end.message }]);
      return;
    }
    const { outcome, message, code: asked, entries, ...named } = told.parse(end.results);
    // Older than what is known already: nothing is learnt from it.
    if (outcome === 'stale' && this.#waiting.get(subject)?.item !== item) return;
    this.#waiting.delete(subject);
    if (outcome !== 'differs') return;
    const { documentNumber, differenceKey } = named;
    wait(
      entries?.flatMap((entry) => rowsOfEntry(recipe, entry)) ?? [
        {
          ...row,
          kind: 'conflict',
          code: asked === '' ? 'DOCUMENT_CHANGED_BY_PERSON' : asked,
          message,
          fields: documentNumber === '' ? [] : [documentNumber],
        },
      ],
      differenceKey,
    );
  }

  async parked(): Promise<readonly Parked[]> {
    return [...[...this.#waiting.values()].flatMap(({ rows }) => rows), ...this.#gone.rows()];
  }

  /** Somebody fills in the step that answers with what the billing step was given and has shown. */
  async decide({ subject }: Parked, documentNumber: string, answer: BillingAnswer): Promise<void> {
    if (await this.#gone.decide(subject, documentNumber, answer)) return;
    const waiting = [...this.#waiting.values()].find(({ rows }) =>
      rows.some((row) => row.subject === subject),
    );
    if (waiting === undefined) throw new RangeError('No run of a Zap has asked about this');
    const { recipe, item, differenceKey } = waiting;
    const taken = this.#taken.get(item);
    const given = fields.parse(taken?.kind === 'done' ? taken.results : {});
    const delivery = given[ZAPS[recipe.recipe].delivery];
    const input = { recipe: recipe.text, delivery, documentNumber, answer, differenceKey };
    const end = await this.#platform.run('creates.xero_answer_difference', 'xero', input);
    this.#sandbox.world.clock.advance(BETWEEN_RUNS_MS);
    this.#enter(recipe, item, end);
  }

  async close(): Promise<void> {}
}

function rowOf({ name }: Recipe, subject: string): Omit<Parked, 'kind' | 'code' | 'message'> {
  const place = { recipe: name, scope: name, subject, fields: [], next: '', keyHash: '' };
  return { ...place, attempts: 1, firstAt: 0, lastAt: 0 };
}

type Entry = NonNullable<z.output<typeof told>['entries']>[number];

function rowsOfEntry(recipe: Recipe, entry: Entry): Parked[] {
  const { logId, outcome, code, message, documentNumber } = entry;
  if (code === '' || (outcome !== 'failed' && outcome !== 'conflict')) return [];
  const kind = outcome === 'failed' ? 'failure' : 'conflict';
  const fields = documentNumber === '' ? [] : [documentNumber];
  return [{ ...rowOf(recipe, logId), kind, code, message, fields }];
}
