import { z } from 'zod';
import { ERROR_CODES } from '../errors/codes.ts';
import type { MappingProblem } from '../mapping/mapping-problem.ts';
import { type CampaignActivityRecipe, campaignActivity } from './campaign-activity.ts';
import { type Guide, guideTo } from './known-keys.ts';
import { type Reading, readAs } from './read-as.ts';
import { readDocument } from './read-document.ts';
import { byPlace, pathText, type RecipeProblem } from './recipe-problem.ts';

const OPENING = 'campaign-activity/v1';
const opening = z.object({ recipe: z.literal(OPENING) });
let guide: Guide | undefined;

/** Whether a file is a recipe for campaign activity, with or without faults. */
export function isCampaignActivity(text: string): boolean {
  return opening.safeParse(readDocument(text, '', '').input).success;
}

/** Every fault at once, with its place in the text. */
export function readCampaignActivity(text: string, file: string): Reading<CampaignActivityRecipe> {
  guide ??= guideTo(campaignActivity);
  return readAs(campaignActivity, guide, text, file, `recipe: ${OPENING}`);
}

/** Faults against the live schemas, with their place in the file. */
export function activityProblems(
  problems: readonly MappingProblem[],
  { file, positions }: Pick<Reading<unknown>, 'file' | 'positions'>,
): RecipeProblem[] {
  return problems
    .map(
      ({ path, code, message, expected, suggestion }): RecipeProblem => ({
        file,
        path: pathText(path),
        ...positions.locate(path),
        code,
        message,
        ...(expected === undefined ? {} : { expected }),
        suggestion: suggestion ?? ERROR_CODES[code].next,
      }),
    )
    .sort(byPlace);
}
