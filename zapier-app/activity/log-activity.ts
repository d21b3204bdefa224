import { createActivityTarget } from '@stackbridge/shared-mappers/connectors/salesforce/activity-target.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import { fingerprintKey } from '@stackbridge/shared-mappers/model/fingerprint.ts';
import type { CampaignActivityRecipe } from '@stackbridge/shared-mappers/recipes/campaign-activity.ts';
import { prepareCampaignActivity } from '@stackbridge/shared-mappers/recipes/prepare-campaign-activity.ts';
import { syncActivity } from '@stackbridge/shared-mappers/sync/activity/run-activity.ts';
import { clientOf } from '../connection/client.ts';
import { StepFault } from '../errors/step-fault.ts';
import { executionStore } from '../ports/execution-store.ts';
import type { Step } from '../step.ts';
import type { ActivityDelivery } from './activity-delivery.ts';
import { deliveredActivity } from './delivered-activity.ts';
import { executionScratch, forgetfulLedger } from './execution-activity.ts';

/** Addresses are compared within one execution only. */
const KEY = fingerprintKey('00000000000000000000000000000000');

export interface LoggedActivity {
  /** `applied` is also what had been logged before and was found again. */
  readonly outcome: 'applied' | 'excluded';
  readonly because: string;
  /** Records that were written. */
  readonly written: number;
}

/**
 * Takes one delivered event into Salesforce as the recipe says.
 *
 * @throws StackbridgeError for what passes or concerns the account, and for what waits for somebody: nobody has the
 * address, or there is no such campaign
 */
export async function logActivity(
  step: Step,
  recipe: CampaignActivityRecipe,
  delivery: ActivityDelivery,
): Promise<LoggedActivity> {
  const { audience } = recipe.mailchimp;
  const { listId } = delivery.campaign;
  if (audience !== undefined && audience !== listId && audience !== delivery.audience)
    return { outcome: 'excluded', because: 'the campaign went to another audience', written: 0 };
  const client = clientOf({ system: 'salesforce' }, step.bundle.authData, step.ports);
  const target = createActivityTarget({ client });
  const prepared = await prepareCampaignActivity(recipe, target, listId);
  if ('problems' in prepared)
    throw new StepFault(
      'WRONG_INPUT',
      `The recipe does not fit Salesforce. ${prepared.problems.map(({ message }) => message).join('; ')}`,
    );
  const { clock, random, progress, log, stop } = step.ports;
  const { store, parked } = executionStore();
  // What has come in is logged however late: how long reports are followed was the trigger's to say.
  const job = { ...prepared.job, followMs: clock.now() };
  const ports = {
    source: deliveredActivity(delivery),
    target,
    store,
    ledger: forgetfulLedger(store),
    openActivityScratch: async () => executionScratch(),
    key: KEY,
    clock,
    random,
    progress,
    log,
    stop,
    calls: () => ({}),
  };
  const { summary, error } = await syncActivity(job, ports, 'zapier');
  if (error !== undefined) throw error;
  const [issue] = parked();
  if (issue !== undefined) throw new StackbridgeError(issue.code, issue.message, { system: 'salesforce' });
  if (summary.counts.applied > 0)
    return { outcome: 'applied', because: '', written: summary.writes.salesforce ?? 0 };
  const [because = 'the recipe takes no such events'] = Object.keys(summary.excluded);
  return { outcome: 'excluded', because, written: 0 };
}
