import { defineTrigger } from 'zapier-platform-core';
import { z } from 'zod';
import { AUDIENCE_FIELD, audienceId } from '../fields/audience.ts';
import { LOOK_BACK_FIELD, lookBack } from '../fields/look-back.ts';
import { changedMembers, memberOutputs } from '../records/member-changes.ts';
import { recordItem } from '../records/record-item.ts';
import { MAILCHIMP_SAMPLE } from '../records/samples.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

const input = z.object({ audience: audienceId, lookBack });

export const mailchimpMemberChanged = defineTrigger({
  key: 'mailchimp_member_changed',
  noun: 'Member',
  display: {
    label: 'New or Changed Member in Mailchimp',
    description:
      'Triggers when somebody joins a Mailchimp audience, or is changed, unsubscribed or archived there.',
  },
  operation: {
    type: 'polling',
    inputFields: [AUDIENCE_FIELD, LOOK_BACK_FIELD],
    perform: step(async (step) => {
      const { audience, lookBack } = readInput(input, step.input);
      return (await changedMembers(step, audience, lookBack)).map(recordItem);
    }),
    sample: MAILCHIMP_SAMPLE,
    outputFields: memberOutputs,
  },
});
