import type { Sandbox } from '@stackbridge/sandbox/start.ts';
import { subscriberHash } from '@stackbridge/shared-mappers/connectors/mailchimp/identity.ts';
import { ERROR_CODES, type ErrorCode } from '@stackbridge/shared-mappers/errors/codes.ts';
import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import { EXIT } from 'stackbridge/commands/exit-code.ts';
import type { ActivitySession } from 'stackbridge/scenarios/activity/activity-host.ts';
import { seenInSalesforce } from 'stackbridge/scenarios/activity/activity-records.ts';
import type { ActivityRun } from 'stackbridge/scenarios/activity/activity-worker.ts';
import { z } from 'zod';
import { EMPTY_SUMMARY } from './empty-summary.ts';
import type { PackagedApp } from './packaged-app.ts';
import { Platform, type StepEnd } from './platform.ts';

const items = z.array(
  z.looseObject({ id: z.string(), email: z.string(), campaignId: z.string(), activity: z.string() }),
);
type Item = z.output<typeof items>[number];
const code = z.custom<ErrorCode>((given) => typeof given === 'string' && given in ERROR_CODES);
const written = z.object({ events: z.array(z.string()).default([]), follow: z.number().optional() });
/** What the trigger can be asked for. */
const SHOWN = ['open', 'click', 'bounce', 'unsubscribe'];

/** The longest that a trigger looks back, in hours. The Zap is on while a scenario's time passes. */
const LOOK_BACK_H = 720;
const BETWEEN_RUNS_MS = 1_000;

/** The Zap of campaign activity, on a platform that dedupes, replays and reorders. */
export class ZapActivity implements ActivitySession {
  readonly #sandbox: Sandbox;
  readonly #platform: Platform;
  readonly #seen = new Set<string>();
  /** Failed or stopped softly: Zapier replays the first kind, and whoever has mended something the other. */
  #waiting: Item[] = [];
  readonly #failures = new Map<string, Pick<Parked, 'subject' | 'code'>>();

  constructor(app: PackagedApp, sandbox: Sandbox) {
    this.#sandbox = sandbox;
    this.#platform = new Platform(app, sandbox);
    // Another scenario, another Zapier account.
    app.forget();
  }

  /** New ids only, oldest first, then what came in once more, the last first. */
  async run(recipe: unknown): Promise<ActivityRun> {
    const due = [...this.#waiting, ...(await this.#poll(recipe))];
    this.#waiting = [];
    for (const item of due) await this.#deliver(recipe, item);
    await this.#redeliver(recipe, due);
    return { exit: EXIT.done, summary: EMPTY_SUMMARY };
  }

  async #poll(recipe: unknown): Promise<Item[]> {
    const { events, follow } = written.parse(recipe);
    const input = {
      lookBack: LOOK_BACK_H,
      events: events.filter((event) => SHOWN.includes(event)),
      ...(follow === undefined ? {} : { followDays: follow }),
    };
    const end = await this.#platform.run('triggers.mailchimp_campaign_activity', 'mailchimp', input);
    if (end.kind !== 'done') return [];
    const found = items.parse(end.results);
    const fresh = found.filter(({ id }) => !this.#seen.has(id)).toReversed();
    for (const { id } of found) this.#seen.add(id);
    return fresh;
  }

  async #deliver(recipe: unknown, item: Item): Promise<void> {
    const end = await this.#act(recipe, item);
    this.#sandbox.world.clock.advance(BETWEEN_RUNS_MS);
    this.#failures.delete(item.id);
    if (end.kind === 'done') return;
    this.#waiting.push(item);
    const failed = code.safeParse('code' in end ? end.code : undefined).data ?? 'BUG';
    const subject = failed === 'CAMPAIGN_MISSING' ? item.campaignId : subscriberHash(item.email);
    this.#failures.set(item.id, { subject, code: failed });
  }

  #act(recipe: unknown, { activity }: Item): Promise<StepEnd> {
    const input = { recipe: JSON.stringify(recipe), activity };
    return this.#platform.run('creates.salesforce_campaign_activity', 'salesforce', input);
  }

  /** A replay of what is done changes nothing: a record with a key is written to the same values. */
  async #redeliver(recipe: unknown, due: readonly Item[]): Promise<void> {
    const before = seenInSalesforce(this.#sandbox);
    for (const item of due.toReversed()) if (!this.#failures.has(item.id)) await this.#act(recipe, item);
    if (seenInSalesforce(this.#sandbox) !== before)
      throw new RangeError('A replay of what had been delivered changed something');
  }

  /** One a person, or a campaign, as the store has them. */
  async failures(): Promise<readonly Pick<Parked, 'subject' | 'code'>[]> {
    const rows = [...this.#failures.values()].map((row) => [`${row.subject} ${row.code}`, row] as const);
    return [...new Map(rows).values()];
  }

  loseState(): void {}

  async close(): Promise<void> {}
}
