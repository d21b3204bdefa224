import {
  type CampaignActivityRecipe,
  countsEarlier,
} from '@stackbridge/shared-mappers/recipes/campaign-activity.ts';
import { readCampaignActivity } from '@stackbridge/shared-mappers/recipes/read-campaign-activity.ts';
import { StepFault } from '../errors/step-fault.ts';

/**
 * Reads a recipe that stands in a step. @throws StepFault with every fault and its line; also where it counts what has
 * been delivered before, which a Zap does not keep
 */
export function readActivityRecipe(text: string): CampaignActivityRecipe {
  const { value: recipe, problems } = readCampaignActivity(text, 'recipe');
  if (recipe === undefined) {
    const faults = problems.map(({ line, message }) => `line ${line}: ${message}`);
    throw new StepFault('WRONG_INPUT', `The recipe cannot be used. ${faults.join('; ')}`);
  }
  if (!countsEarlier(recipe)) return recipe;
  throw new StepFault(
    'WRONG_INPUT',
    'The recipe counts what people did before (`to.rollUps`, `rules`), which a Zap does not keep: take both out, or run it with stackbridge.',
  );
}
