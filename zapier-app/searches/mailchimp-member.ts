import { defineSearch } from 'zapier-platform-core';
import { z } from 'zod';
import { mailchimpMembers } from '../connection/people.ts';
import { recipeIfAny } from '../contacts/recipe.ts';
import { shownFor } from '../contacts/shown-for.ts';
import { AUDIENCE_FIELD, audienceId } from '../fields/audience.ts';
import { recipeFields, recipeText } from '../fields/recipe.ts';
import type { Preset } from '../preset.ts';
import { memberOutputs } from '../records/member-changes.ts';
import { MAILCHIMP_SAMPLE } from '../records/samples.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

export const MEMBER_SEARCH = 'mailchimp_member';

export function mailchimpMember(preset: Pick<Preset, 'recipe'>) {
  const recipe = recipeText.transform((text) => text ?? preset.recipe);
  const input = z.object({ audience: audienceId, email: z.string().min(3), recipe });
  return defineSearch({
    key: MEMBER_SEARCH,
    noun: 'Mailchimp Member',
    display: {
      label: 'Find Mailchimp Member',
      description:
        'Finds a member of a Mailchimp audience by email address or contact ID, archived members among them.',
    },
    operation: {
      inputFields: [
        AUDIENCE_FIELD,
        {
          key: 'email',
          label: 'Email Address or Contact ID',
          type: 'string',
          required: true,
          helpText:
            'The address the person is in the audience with, or the Mailchimp contact ID that a sync step has shown.',
        },
        ...recipeFields(preset.recipe, false),
      ],
      perform: step(async (step) => {
        const { audience, email, recipe } = readInput(input, step.input);
        const synced = recipeIfAny(recipe);
        const members = mailchimpMembers(step, audience);
        const { columns, itemOf } = shownFor(await members.describe(), [], synced, step.ports.clock.now());
        const field = email.includes('@') ? 'email_address' : 'contact_id';
        return (await members.readByKey(field, [email], columns)).map((member) => itemOf(member));
      }),
      sample: MAILCHIMP_SAMPLE,
      outputFields: memberOutputs,
    },
  });
}
