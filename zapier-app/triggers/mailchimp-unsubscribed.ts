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

export const mailchimpUnsubscribed = defineTrigger({
  key: 'mailchimp_unsubscribed',
  noun: 'Unsubscribed Member',
  display: {
    label: 'Unsubscribe in Mailchimp',
    description:
      'Triggers when somebody who is unsubscribed from a Mailchimp audience is new there, or has changed.',
  },
  operation: {
    type: 'polling',
    inputFields: [AUDIENCE_FIELD, LOOK_BACK_FIELD],
    perform: step(async (step) => {
      const { audience, lookBack } = readInput(input, step.input);
      const changed = await changedMembers(step, audience, lookBack);
      return changed.filter(({ values }) => values.status === 'unsubscribed').map(recordItem);
    }),
    sample: { ...MAILCHIMP_SAMPLE, fields: { ...MAILCHIMP_SAMPLE.fields, status: 'unsubscribed' } },
    outputFields: memberOutputs,
  },
});
