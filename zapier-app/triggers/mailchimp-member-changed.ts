import { defineTrigger } from 'zapier-platform-core';
import { z } from 'zod';
import { mailchimpMembers } from '../connection/people.ts';
import { itemsSince } from '../contacts/items-since.ts';
import { optOutsFirst } from '../contacts/opt-outs-first.ts';
import { overwriteBrake } from '../contacts/overwrite-brake.ts';
import { polledContacts, recipeIfAny } from '../contacts/recipe.ts';
import { shownFor } from '../contacts/shown-for.ts';
import { AUDIENCE_FIELD, audienceId } from '../fields/audience.ts';
import { LOOK_BACK_FIELD, lookBack } from '../fields/look-back.ts';
import { MOST_CHANGED_FIELD, mostAtOnce } from '../fields/most-at-once.ts';
import { recipeFields, recipeText } from '../fields/recipe.ts';
import type { Preset } from '../preset.ts';
import { brakedChanges } from '../records/braked-changes.ts';
import { memberOutputs } from '../records/member-changes.ts';
import { watchRecipe } from '../records/recipe-watch.ts';
import { MAILCHIMP_SAMPLE } from '../records/samples.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

export function mailchimpMemberChanged(preset: Pick<Preset, 'recipe'>) {
  const recipe = recipeText.transform((text) => text ?? preset.recipe);
  const input = z.object({ audience: audienceId, recipe, lookBack, mostChanged: mostAtOnce });
  return defineTrigger({
    key: 'mailchimp_member_changed',
    noun: 'Member',
    display: {
      label: 'New or Changed Member in Mailchimp',
      description:
        'Triggers when somebody joins a Mailchimp audience, or is changed, unsubscribed or archived there.',
    },
    operation: {
      type: 'polling',
      inputFields: [
        AUDIENCE_FIELD,
        ...recipeFields(preset.recipe, false),
        LOOK_BACK_FIELD,
        MOST_CHANGED_FIELD,
      ],
      perform: step(async (step) => {
        const { audience, recipe, lookBack, mostChanged } = readInput(input, step.input);
        const synced = recipeIfAny(recipe);
        const members = mailchimpMembers(step, audience);
        const schema = await members.describe();
        const shown = shownFor(schema, [], synced, step.ports.clock.now());
        const watch = await watchRecipe(step, `members ${audience}`, polledContacts(synced));
        const { records, settle } = await brakedChanges(step, {
          connector: members,
          columns: shown.columns,
          lookBackMs: lookBack,
          place: audience,
          watch,
          isLetThrough: mostChanged !== undefined,
          brake: overwriteBrake(step, synced, { connector: members, schema, most: mostChanged }),
        });
        await settle();
        const items = optOutsFirst(records, schema, synced).map((member) => shown.itemOf(member));
        return itemsSince(watch, items);
      }),
      sample: MAILCHIMP_SAMPLE,
      outputFields: memberOutputs,
    },
  });
}
