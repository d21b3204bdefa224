import type { Instant } from '@stackbridge/shared-mappers/model/instant.ts';
import type { RunSummary } from '@stackbridge/shared-mappers/model/run-summary.ts';
import { isActivityScope } from '@stackbridge/shared-mappers/sync/activity/activity-job.ts';
import { isBillingScope } from '@stackbridge/shared-mappers/sync/billing/plan-billing.ts';
import type { Session } from '../session.ts';
import { counted } from '../show/words.ts';
import type { KnownRecipe } from './known-recipes.ts';

/** Past this share of failing records a person should look. */
const FAILING_SHARE = 0.05;

/** How one recipe stands. */
export interface RecipeStatus {
  readonly recipe: string;
  readonly file: string;
  /** Pairs linked in the audience, whose two records agree as far as any run has seen. */
  readonly inSync: number;
  readonly linked: number;
  /** Milestones, expenses, invoices or logs that the ledger knows; undefined for what is no billing recipe. */
  readonly billed: number | undefined;
  /** Campaign events known to stand in the CRM; undefined for what is no recipe for campaign activity. */
  readonly delivered: number | undefined;
  /** By reason, as of the last run that read both sides whole. */
  readonly excluded: Readonly<Record<string, number>>;
  readonly excludedAt: Instant | undefined;
  readonly conflicts: number;
  readonly failing: number;
  /** Final words: not tried again. */
  readonly terminal: number;
  readonly lastRun: RunSummary | undefined;
  /** Up to when each side's changes are known, by that side's clock. */
  readonly watermarks: { readonly salesforce: Instant | undefined; readonly mailchimp: Instant | undefined };
  readonly runningNow: string | undefined;
  readonly now: Instant;
  readonly warnings: readonly string[];
}

export async function statusOf(
  recipe: string,
  { file, scope, lastFull }: KnownRecipe,
  { store, clock }: Pick<Session, 'store' | 'clock'>,
): Promise<RecipeStatus> {
  const now = clock.now();
  const linked = await store.countLinks(scope);
  const billed = isBillingScope(scope) ? await store.countBilled(scope, recipe) : undefined;
  const delivered = isActivityScope(scope) ? await store.countDelivered(recipe) : undefined;
  const parked = await store.parked({ recipe });
  const of = (kind: string): number => parked.filter((row) => row.kind === kind).length;
  const troubled = new Set(
    parked
      .filter(({ kind, leftId, rightId }) => kind !== 'terminal' && leftId && rightId)
      .map(({ subject }) => subject),
  );
  const [lastRun] = await store.runs({ recipe, limit: 1 });
  const holder = await store.leaseHolder(scope, now);
  const failing = of('failure');
  const warnings: string[] = [];
  const known = billed ?? delivered ?? linked;
  if (failing > FAILING_SHARE * Math.max(1, known)) {
    const kind = billed !== undefined ? 'billed' : delivered !== undefined ? 'delivered' : 'linked';
    const all = `${known} ${kind}`;
    warnings.push(`${counted(failing, 'record')} failing, more than ${FAILING_SHARE * 100} % of ${all}`);
  }
  if (lastRun?.stoppedBy !== undefined) warnings.push(`The last run was stopped by ${lastRun.stoppedBy}`);
  return {
    recipe,
    file,
    inSync: Math.max(0, linked - troubled.size),
    linked,
    billed,
    delivered,
    excluded: lastFull?.excluded ?? {},
    excludedAt: lastFull?.at,
    conflicts: of('conflict'),
    failing,
    terminal: of('terminal'),
    lastRun,
    watermarks: {
      salesforce: await store.watermark(recipe, 'left'),
      mailchimp: await store.watermark(recipe, 'right'),
    },
    runningNow: holder?.heldBy,
    now,
    warnings,
  };
}
