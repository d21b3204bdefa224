import { defineCreate, type PlainInputField } from 'zapier-platform-core';
import { z } from 'zod';
import { readDelivery } from '../contacts/delivery.ts';
import { OUTCOME_OUTPUT, outcomeItem, outcomeSample } from '../contacts/outcome-item.ts';
import { readStepRecipe } from '../contacts/recipe.ts';
import { syncDelivery } from '../contacts/sync-delivery.ts';
import { recipeFields } from '../fields/recipe.ts';
import { yesNo } from '../fields/yes-no.ts';
import type { Preset } from '../preset.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

const DIRECTIONS = {
  mailchimp: {
    key: 'sync_to_mailchimp',
    noun: 'Synced Contact',
    label: 'Sync Contact or Lead to Mailchimp',
    description:
      'Brings a Salesforce contact or lead and its Mailchimp member to agree: creates, updates, unsubscribes or archives the member as your recipe says.',
  },
  salesforce: {
    key: 'sync_to_salesforce',
    noun: 'Synced Member',
    label: 'Sync Member to Salesforce',
    description:
      'Brings a Mailchimp member and its Salesforce contact or lead to agree: creates, updates or opts out the record as your recipe says.',
  },
} as const;

/** Seconds. A step ends itself well before. */
const LOCK_S = 60;

/**
 * One half of a two-way sync: two Zaps, one each way, with the same recipe. Runs of one account are serialised: each
 * must see what the one before has written.
 */
export function syncCreate(target: keyof typeof DIRECTIONS, preset: Pick<Preset, 'recipe'>) {
  const { key, noun, label, description } = DIRECTIONS[target];
  const input = z.object({
    record: z.string().min(1),
    recipe: z
      .string()
      .min(1)
      .default(preset.recipe ?? ''),
    preview: yesNo(false),
  });
  return defineCreate({
    key,
    noun,
    display: { label, description },
    operation: {
      inputFields: [...recipeFields(preset.recipe, true), RECORD_FIELD, PREVIEW_FIELD],
      perform: step(async (step) => {
        const { record, recipe, preview } = readInput(input, step.input);
        const delivery = readDelivery(record);
        const synced = await syncDelivery(step, {
          recipe: readStepRecipe(recipe),
          delivery,
          target,
          preview,
        });
        return outcomeItem(synced, target, preview);
      }),
      lock: { key, scope: ['auth'], timeout: LOCK_S },
      sample: outcomeSample(target),
      outputFields: OUTCOME_OUTPUT,
    },
  });
}

const PREVIEW_FIELD: PlainInputField = {
  key: 'preview',
  label: 'Preview Only',
  type: 'boolean',
  required: false,
  default: 'false',
  helpText:
    'Say yes to write nothing: the outcome is "planned", and Changes shows what would be written. Good for a new recipe, or for a copy of the Zap that tells you what the other would do.',
};

export const RECORD_FIELD: PlainInputField = {
  key: 'record',
  label: 'Record',
  type: 'text',
  required: true,
  helpText:
    'Choose "Record for Sync Steps" of the trigger, which is there when the trigger has a recipe; or that of a search, or of the sync step of the other direction.',
};
