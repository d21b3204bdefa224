import { createActivitySource } from '@stackbridge/shared-mappers/connectors/mailchimp/activity-source.ts';
import { findAudience } from '@stackbridge/shared-mappers/connectors/mailchimp/audience.ts';
import { createActivityTarget } from '@stackbridge/shared-mappers/connectors/salesforce/activity-target.ts';
import { BRAKES } from '@stackbridge/shared-mappers/plan/brakes.ts';
import { prepareCampaignActivity } from '@stackbridge/shared-mappers/recipes/prepare-campaign-activity.ts';
import {
  type ActivityExecution,
  activityWithoutStore,
} from '@stackbridge/shared-mappers/sync/stateless/activity/activity-without-store.ts';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod';
import { peopleClients } from '../contacts/people.ts';
import { tellEarlyEnd } from '../errors/early-end.ts';
import { unfitRecipe } from '../errors/unfit-recipe.ts';
import { ACTIVITY_OPERATIONS } from '../fields/activity.ts';
import { moment } from '../moment.ts';
import { readParameters } from '../parameters.ts';
import { startNode } from '../ports/node-ports.ts';
import { recipeText } from '../recipe-text.ts';
import { runSummary } from '../run-summary.ts';
import { eventItem, heldItem } from './activity-item.ts';
import { readActivityRecipe } from './activity-recipe.ts';

const filled = z.object({
  operation: z.enum(ACTIVITY_OPERATIONS),
  mailchimpAuthentication: z.enum(['apiKey', 'oAuth2']),
  activityRecipe: recipeText,
  since: moment,
  options: z
    .object({ allow: z.array(z.enum(BRAKES)).default([]), summary: z.boolean().default(false) })
    .prefault({}),
});

/** Takes what people did with campaigns since a time into Salesforce. What is there already is found again. */
export async function pushActivity(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  const { operation, activityRecipe, mailchimpAuthentication, since, options } = readParameters(
    context,
    filled,
    0,
  );
  const recipe = readActivityRecipe(activityRecipe);
  const ports = { ...startNode(context), patienceMs: recipe.patienceMs };
  const { salesforce, mailchimp } = await peopleClients(context, ports, mailchimpAuthentication);
  const { audience } = recipe.mailchimp;
  const list = audience === undefined ? undefined : await findAudience(mailchimp, audience);
  const target = createActivityTarget({ client: salesforce });
  const prepared = await prepareCampaignActivity(recipe, target, list?.id);
  if ('problems' in prepared) throw unfitRecipe(prepared.problems, 'Salesforce');
  const execution = await activityWithoutStore(
    { ...prepared.job, since: since - recipe.overlapMs },
    { ...ports, source: createActivitySource(mailchimp), target },
    { allow: options.allow, preview: operation === 'previewActivity' },
  );
  tellEarlyEnd(context, execution);
  for (const { message } of execution.brakes) context.addExecutionHints({ message, location: 'outputPane' });
  return outputsOf(execution, options.summary);
}

function outputsOf(execution: ActivityExecution, withSummary: boolean): INodeExecutionData[][] {
  const pairedItem = { item: 0 };
  const [synced, failed]: [INodeExecutionData[], INodeExecutionData[]] = [[], []];
  for (const one of execution.events) {
    const output = one.outcome === 'failed' ? failed : synced;
    output.push({ json: eventItem(one, execution.campaigns), pairedItem });
  }
  for (const one of execution.held) failed.push({ json: heldItem(one), pairedItem });
  if (withSummary) synced.push({ json: runSummary(execution), pairedItem });
  return [synced, [], failed];
}
