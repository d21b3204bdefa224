import { createActivityTarget } from '@stackbridge/shared-mappers/connectors/salesforce/activity-target.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { CampaignActivityRecipe } from '@stackbridge/shared-mappers/recipes/campaign-activity.ts';
import { prepareCampaignActivity } from '@stackbridge/shared-mappers/recipes/prepare-campaign-activity.ts';
import type { ActivityDelivery } from '@stackbridge/shared-mappers/sync/stateless/activity/activity-delivery.ts';
import { activityWithoutStore } from '@stackbridge/shared-mappers/sync/stateless/activity/activity-without-store.ts';
import { deliveredActivity } from '@stackbridge/shared-mappers/sync/stateless/activity/delivered-activity.ts';
import { clientOf } from '../connection/client.ts';
import { StepFault } from '../errors/step-fault.ts';
import type { Step } from '../step.ts';

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
  const { summary, events, held, error } = await activityWithoutStore(
    // What has come in is logged however late: how long reports are followed was the trigger's to say.
    { ...prepared.job, followMs: step.ports.clock.now() },
    { ...step.ports, source: deliveredActivity(delivery), target },
  );
  if (error !== undefined) throw error;
  const [issue] = [...held, ...events.flatMap((one) => one.issue ?? [])];
  if (issue !== undefined) throw new StackbridgeError(issue.code, issue.message, { system: 'salesforce' });
  if (summary.counts.applied > 0)
    return { outcome: 'applied', because: '', written: summary.writes.salesforce ?? 0 };
  const [because = 'the recipe takes no such events'] = Object.keys(summary.excluded);
  return { outcome: 'excluded', because, written: 0 };
}
