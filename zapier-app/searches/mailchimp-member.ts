import { defineSearch } from 'zapier-platform-core';
import { z } from 'zod';
import { mailchimpMembers } from '../connection/people.ts';
import { AUDIENCE_FIELD, audienceId } from '../fields/audience.ts';
import { memberOutputs } from '../records/member-changes.ts';
import { columnsOfAll, shownFields } from '../records/person-columns.ts';
import { recordItem } from '../records/record-item.ts';
import { MAILCHIMP_SAMPLE } from '../records/samples.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

const input = z.object({ audience: audienceId, email: z.string().min(3) });

export const mailchimpMember = defineSearch({
  key: 'mailchimp_member',
  noun: 'Mailchimp Member',
  display: {
    label: 'Find Mailchimp Member',
    description: 'Finds a member of a Mailchimp audience by email address, archived members among them.',
  },
  operation: {
    inputFields: [
      AUDIENCE_FIELD,
      {
        key: 'email',
        label: 'Email Address',
        type: 'string',
        required: true,
        helpText: 'The address the person is in the audience with.',
      },
    ],
    perform: step(async (step) => {
      const { audience, email } = readInput(input, step.input);
      const members = mailchimpMembers(step, audience);
      const fields = shownFields(await members.describe(), []);
      const found = await members.readByKey('email_address', [email], columnsOfAll(fields));
      return found.map(recordItem);
    }),
    sample: MAILCHIMP_SAMPLE,
    outputFields: memberOutputs,
  },
});
