import {
  type CampaignActivityRecipe,
  countsEarlier,
} from '@stackbridge/shared-mappers/recipes/campaign-activity.ts';
import { readCampaignActivity } from '@stackbridge/shared-mappers/recipes/read-campaign-activity.ts';
import { NodeFault } from '../errors/node-fault.ts';

/** @throws NodeFault with every fault and its line; also where it counts what n8n does not keep */
export function readActivityRecipe(text: string): CampaignActivityRecipe {
  const { value: recipe, problems } = readCampaignActivity(text, 'recipe');
  if (recipe === undefined) {
    const faults = problems.map(({ line, message }) => `line ${line}: ${message}`);
    throw new NodeFault(`The recipe cannot be used. ${faults.join('; ')}`, 'Correct it at the lines named.');
  }
  if (!countsEarlier(recipe)) return recipe;
  throw new NodeFault(
    'The recipe counts what people did before, which n8n does not keep',
    'Take to.rollUps and rules out, or run the recipe with stackbridge.',
  );
}
