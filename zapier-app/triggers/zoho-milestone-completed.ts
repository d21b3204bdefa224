import { defineTrigger } from 'zapier-platform-core';
import { z } from 'zod';
import { billingRecipeIfAny, polledBilling, readMilestoneRecipe } from '../billing/billing-recipe.ts';
import { LOOK_BACK_FIELD, lookBack } from '../fields/look-back.ts';
import { MILESTONE_WORK_FIELDS, milestoneWork } from '../fields/milestone-work.ts';
import { polledRecipe, polledRecipeField } from '../fields/polled-recipe.ts';
import { PORTAL_FIELD, portal } from '../fields/portal.ts';
import { PROJECT_FIELD, projectId } from '../fields/project.ts';
import { yesNo } from '../fields/yes-no.ts';
import { completedMilestones } from '../records/completed-milestones.ts';
import { MILESTONE_OUTPUT, MILESTONE_SAMPLE } from '../records/milestone-item.ts';
import { watchRecipe } from '../records/recipe-watch.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

const input = z.object({
  portal,
  project: projectId,
  recipe: polledRecipe,
  ...milestoneWork,
  again: yesNo(false),
  lookBack,
});

export const zohoMilestoneCompleted = defineTrigger({
  key: 'zoho_milestone_completed',
  noun: 'Completed Milestone',
  display: {
    label: 'Milestone Completed in Zoho Projects',
    description:
      'Triggers when a milestone is closed in Zoho Projects, with its billable time and expenses as line items; if you say so also when its work changes.',
  },
  operation: {
    type: 'polling',
    inputFields: [
      PORTAL_FIELD,
      PROJECT_FIELD,
      polledRecipeField(
        'every milestone closed within the days of work to read',
        ' It counts only where milestones come in again when their work changes.',
      ),
      ...MILESTONE_WORK_FIELDS,
      {
        key: 'again',
        label: 'Again When Its Work Changes',
        type: 'boolean',
        required: false,
        default: 'false',
        helpText:
          'Say yes for a milestone to come in again whenever time or expenses of it are added, edited or deleted, or it is reopened, so that a billing step can bring its draft up to date. All milestones closed within the days of work to read are then looked at on every check, and each change counts as a task.',
      },
      LOOK_BACK_FIELD,
    ],
    perform: step(async (step) => {
      const { recipe: text, ...wanted } = readInput(input, step.input);
      const recipe = billingRecipeIfAny(text, readMilestoneRecipe);
      const { portal = '', project = '', again } = wanted;
      // What comes in once is not remembered, and few portals tell when it was closed.
      const polled = again ? polledBilling(recipe) : undefined;
      const watch = await watchRecipe(step, `milestones ${portal} ${project}`, polled);
      return completedMilestones(step, { ...wanted, watch });
    }),
    sample: MILESTONE_SAMPLE,
    outputFields: MILESTONE_OUTPUT,
  },
});
