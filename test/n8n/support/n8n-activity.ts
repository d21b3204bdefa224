import type { Sandbox } from '@stackbridge/sandbox/start.ts';
import { subscriberHash } from '@stackbridge/shared-mappers/connectors/mailchimp/identity.ts';
import { ERROR_CODES, type ErrorCode } from '@stackbridge/shared-mappers/errors/codes.ts';
import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import { EXIT, exitCodeOf } from 'stackbridge/commands/exit-code.ts';
import type { ActivityRunOptions, ActivitySession } from 'stackbridge/scenarios/activity/activity-host.ts';
import type { ActivityRun } from 'stackbridge/scenarios/activity/activity-worker.ts';
import { z } from 'zod';
import { N8n } from './n8n.ts';
import type { Engine } from './n8n-core.ts';
import { saidCode } from './said-code.ts';
import { sandboxCredentials } from './sandbox-credentials.ts';

const code = z.custom<ErrorCode>((given) => typeof given === 'string' && given in ERROR_CODES);
const numbers = z.record(z.string(), z.number());
const summary = z.object({
  outcome: z.literal('summary'),
  counts: z.object({
    applied: z.number(),
    unchanged: z.number(),
    excluded: z.number(),
    conflicts: z.number(),
    failed: z.number(),
  }),
  writes: numbers,
  calls: numbers,
  stoppedBy: code.optional(),
});
const failed = z.object({
  outcome: z.literal('failed'),
  email: z.string().optional(),
  campaignId: z.string(),
  code,
});

const NO_SUMMARY = { runId: '', recipe: '', startedAt: 0, finishedAt: 0, excluded: {} };
const NO_COUNTS = { applied: 0, unchanged: 0, excluded: 0, conflicts: 0, failed: 0 };

/** As the ready workflow looks back: nightly, and two hours more. */
const LOOKED_BACK_MS = 26 * 3_600_000;

/** Campaign activity as a workflow takes it over: each run an execution of its own that reads the last hours again. */
export class N8nActivity implements ActivitySession {
  readonly #n8n: N8n;
  readonly #sandbox: Sandbox;
  #failures: Pick<Parked, 'subject' | 'code'>[] = [];

  constructor(engine: Engine, sandbox: Sandbox) {
    this.#n8n = new N8n(engine, sandboxCredentials(sandbox));
    this.#sandbox = sandbox;
  }

  async run(recipe: unknown, { allow = [] }: ActivityRunOptions = {}): Promise<ActivityRun> {
    const since = new Date(this.#sandbox.world.clock.now() - LOOKED_BACK_MS).toISOString();
    const placed = {
      type: 'stackbridgeContactSync',
      parameters: {
        operation: 'pushActivity',
        mailchimpAuthentication: 'apiKey',
        activityRecipe: JSON.stringify(recipe),
        since,
        options: { allow: [...allow], summary: true },
      },
    };
    const { outputs, error } = await this.#n8n.run(placed);
    if (error !== undefined) {
      const stoppedBy = saidCode(error);
      const stopped = { ...NO_SUMMARY, counts: NO_COUNTS, writes: {}, calls: {}, stoppedBy };
      return { exit: exitCodeOf(stoppedBy), summary: stopped, message: error.description };
    }
    const told = outputs.flatMap((output) => output.map(({ json }) => json));
    const {
      outcome: _,
      stoppedBy,
      ...counted
    } = summary.parse(told.find(({ outcome }) => outcome === 'summary'));
    // What a run did not come to is nothing that waits.
    if (stoppedBy === undefined) this.#failures = failuresIn(told);
    const left = counted.counts.failed > 0 ? EXIT.someLeft : EXIT.done;
    return {
      exit: stoppedBy === undefined ? left : exitCodeOf(stoppedBy),
      summary: { ...NO_SUMMARY, ...counted, ...(stoppedBy === undefined ? {} : { stoppedBy }) },
    };
  }

  async failures(): Promise<readonly Pick<Parked, 'subject' | 'code'>[]> {
    return this.#failures;
  }

  loseState(): void {}

  async close(): Promise<void> {}
}

/** One a person, or a campaign, as the store has them. */
function failuresIn(told: readonly unknown[]): Pick<Parked, 'subject' | 'code'>[] {
  const found = told.flatMap((json) => failed.safeParse(json).data ?? []);
  const rows = found.map(({ email, campaignId, code }) => ({
    subject: email === undefined ? campaignId : subscriberHash(email),
    code,
  }));
  return [...new Map(rows.map((row) => [`${row.subject} ${row.code}`, row])).values()];
}
