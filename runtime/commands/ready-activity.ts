import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { CampaignActivityRecipe } from '@stackbridge/shared-mappers/recipes/campaign-activity.ts';
import { prepareCampaignActivity } from '@stackbridge/shared-mappers/recipes/prepare-campaign-activity.ts';
import {
  activityProblems,
  readCampaignActivity,
} from '@stackbridge/shared-mappers/recipes/read-campaign-activity.ts';
import type { RecipeProblem } from '@stackbridge/shared-mappers/recipes/recipe-problem.ts';
import type { ActivityJob, ActivityPorts } from '@stackbridge/shared-mappers/sync/activity/activity-job.ts';
import type { Session } from '../session.ts';

/** An activity recipe that holds against the org, ready to run. */
export interface ReadyActivity {
  readonly file: string;
  readonly recipe: CampaignActivityRecipe;
  readonly activity: ActivityJob;
  readonly ports: ActivityPorts;
}

export interface ActivityCheck {
  readonly file: string;
  readonly problems: readonly RecipeProblem[];
  /** Why its fields were not held against the org, where they were not. */
  readonly unchecked?: StackbridgeError;
  /** Present where there is no problem. */
  readonly ready?: ReadyActivity;
}

/** Reads an activity recipe and holds it against both accounts as they are now. */
export async function checkActivity(file: string, text: string, session: Session): Promise<ActivityCheck> {
  const reading = readCampaignActivity(text, file);
  const { value: recipe, problems } = reading;
  if (recipe === undefined) return { file, problems };
  try {
    const { audience } = recipe.mailchimp;
    const { findAudience, ...ports } = await session.activityPortsFor(recipe);
    const list = audience === undefined ? undefined : await findAudience(audience);
    const prepared = await prepareCampaignActivity(recipe, ports.target, list?.id);
    if ('problems' in prepared) return { file, problems: activityProblems(prepared.problems, reading) };
    return { file, problems: [], ready: { file, recipe, activity: prepared.job, ports } };
  } catch (error) {
    if (!(error instanceof StackbridgeError)) throw error;
    if (error.code !== 'RECIPE_INVALID') return { file, problems: [], unchecked: error };
    const fault = { code: error.code, path: ['mailchimp', 'audience'], message: error.message };
    return { file, problems: activityProblems([fault], reading) };
  }
}
