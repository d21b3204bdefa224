import { defineTrigger } from 'zapier-platform-core';
import { z } from 'zod';
import { billingRecipeIfAny, polledBilling, readTimeRecipe } from '../billing/billing-recipe.ts';
import { polledRecipe, polledRecipeField } from '../fields/polled-recipe.ts';
import { PORTAL_FIELD, portal } from '../fields/portal.ts';
import { PROJECT_FIELD, projectId } from '../fields/project.ts';
import { PROJECT_TIME_OUTPUT, PROJECT_TIME_SAMPLE, projectTimes } from '../records/project-time.ts';
import { watchRecipe } from '../records/recipe-watch.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

const input = z.object({
  portal,
  project: projectId,
  recipe: polledRecipe,
  months: z.coerce.number().int().min(1).max(24).default(3),
});

export const zohoTimeChanged = defineTrigger({
  key: 'zoho_time_changed',
  noun: 'Project With Changed Time',
  display: {
    label: 'Time Changed in a Zoho Project',
    description:
      'Triggers when time of a project in Zoho Projects is logged, edited, approved, rejected, moved or deleted, or the project is renamed.',
  },
  operation: {
    type: 'polling',
    inputFields: [
      PORTAL_FIELD,
      PROJECT_FIELD,
      polledRecipeField('every project, with its time of the months that are read,'),
      {
        key: 'months',
        label: 'Months of Time to Read',
        type: 'integer',
        required: false,
        default: '3',
        helpText:
          'Time of this month and of so many months before it is read at every check (1 to 24, usually 3). Older time is left as it is; more than 3 months cost more calls for each project.',
      },
    ],
    perform: step(async (step) => {
      const { recipe: text, ...wanted } = readInput(input, step.input);
      const recipe = billingRecipeIfAny(text, readTimeRecipe);
      const { portal = '', project = '' } = wanted;
      const watch = await watchRecipe(step, `time ${portal} ${project}`, polledBilling(recipe));
      return projectTimes(step, { ...wanted, watch });
    }),
    sample: PROJECT_TIME_SAMPLE,
    outputFields: PROJECT_TIME_OUTPUT,
  },
});
