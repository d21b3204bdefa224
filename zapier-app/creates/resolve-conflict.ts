import { defineCreate } from 'zapier-platform-core';
import { z } from 'zod';
import { readAuthData } from '../connection/auth-data.ts';
import { readDelivery } from '../contacts/delivery.ts';
import { OUTCOME_OUTPUT, outcomeItem, outcomeSample } from '../contacts/outcome-item.ts';
import { readStepRecipe } from '../contacts/recipe.ts';
import { syncDelivery } from '../contacts/sync-delivery.ts';
import { StepFault } from '../errors/step-fault.ts';
import { recipeFields } from '../fields/recipe.ts';
import type { Preset } from '../preset.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';
import { RECORD_FIELD } from './sync-create.ts';

const KEEP = {
  salesforce: { side: 'left' },
  mailchimp: { side: 'right' },
} as const;

/** Writes to the system of its account; the Zap of the other direction carries the decision across. */
export function resolveConflict(preset: Pick<Preset, 'recipe'>) {
  const input = z.object({
    record: z.string().min(1),
    recipe: z
      .string()
      .min(1)
      .default(preset.recipe ?? ''),
    salesforceId: z.string().min(1),
    memberId: z.string().min(1),
    field: z.string().default(''),
    keep: z.enum(['salesforce', 'mailchimp', 'value']),
    value: z.string().default(''),
  });
  return defineCreate({
    key: 'resolve_conflict',
    noun: 'Resolved Conflict',
    display: {
      label: 'Resolve Conflict',
      description:
        'Decides a conflict that a sync step has found: the value of Salesforce, of Mailchimp, or one of your own.',
    },
    operation: {
      inputFields: [
        ...recipeFields(preset.recipe, true),
        RECORD_FIELD,
        {
          key: 'salesforceId',
          label: 'Salesforce ID',
          type: 'string',
          required: true,
          helpText: 'The Salesforce ID that the sync step has shown.',
        },
        {
          key: 'memberId',
          label: 'Mailchimp Contact ID',
          type: 'string',
          required: true,
          helpText: 'The Mailchimp contact ID that the sync step has shown.',
        },
        {
          key: 'field',
          label: 'Field',
          type: 'string',
          required: false,
          helpText:
            'The field in conflict, as the sync step has named it. Leave it empty where the whole record is in question, such as a deletion.',
        },
        {
          key: 'keep',
          label: 'Keep',
          type: 'string',
          required: true,
          choices: {
            salesforce: 'The Value in Salesforce',
            mailchimp: 'The Value in Mailchimp',
            value: 'Another Value',
          },
          helpText: 'Which value both sides shall have.',
        },
        {
          key: 'value',
          label: 'Another Value',
          type: 'string',
          required: false,
          helpText: 'Only where another value is to be kept.',
        },
      ],
      perform: step(async (step) => {
        const given = readInput(input, step.input);
        const { system } = readAuthData(step.bundle.authData);
        if (system !== 'salesforce' && system !== 'mailchimp')
          throw new StepFault(
            'WRONG_CONNECTION',
            'This step works with Salesforce or Mailchimp: choose the account that the sync step before it uses.',
          );
        const decision = {
          leftId: given.salesforceId,
          rightId: given.memberId,
          field: given.field,
          take: given.keep === 'value' ? { value: given.value } : KEEP[given.keep],
          at: step.ports.clock.now(),
        };
        const synced = await syncDelivery(step, {
          recipe: readStepRecipe(given.recipe),
          delivery: readDelivery(given.record),
          target: system,
          decisions: [decision],
        });
        return outcomeItem(synced, system);
      }),
      lock: { key: 'resolve_conflict', scope: ['auth'], timeout: 60 },
      sample: outcomeSample('mailchimp'),
      outputFields: OUTCOME_OUTPUT,
    },
  });
}
