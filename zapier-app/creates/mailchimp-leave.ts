import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import { defineCreate } from 'zapier-platform-core';
import { z } from 'zod';
import { mailchimpMembers } from '../connection/people.ts';
import { AUDIENCE_FIELD, audienceId } from '../fields/audience.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

const input = z.object({
  audience: audienceId,
  email: z.string().min(3),
  how: z.enum(['unsubscribe', 'archive']).default('unsubscribe'),
});

const LEFT = { unsubscribe: 'unsubscribed', archive: 'archived' } as const;

export const mailchimpLeave = defineCreate({
  key: 'mailchimp_leave',
  noun: 'Member Who Left',
  display: {
    label: 'Unsubscribe or Archive Member',
    description:
      'Unsubscribes a member of a Mailchimp audience, or archives it there. Never the other way round.',
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
      {
        key: 'how',
        label: 'How',
        type: 'string',
        required: true,
        default: 'unsubscribe',
        choices: { unsubscribe: 'Unsubscribe', archive: 'Archive' },
        helpText: 'Who is unsubscribed stays in the audience and gets no mail. Who is archived is out of it.',
      },
    ],
    perform: step(async (step) => {
      const { audience, email, how } = readInput(input, step.input);
      const members = mailchimpMembers(step, audience);
      const [member] = await members.readByKey('email_address', [email], ['status']);
      if (member === undefined) return { id: '', outcome: 'not in the audience', memberId: '' };
      const { id, values } = member;
      const isGone = values.status === LEFT[how] || values.status === 'archived';
      if (isGone) return { id, outcome: 'unchanged', memberId: id };
      const request =
        how === 'archive'
          ? ({ action: 'archive', id } as const)
          : ({ action: 'opt-out', id, email, payload: {} } as const);
      const [result] = await members.write([request]);
      if (result?.outcome === 'written') return { id, outcome: LEFT[how], memberId: id };
      throw result?.error ?? new StackbridgeError('BUG', 'Mailchimp gave no result for this member');
    }),
    lock: { key: 'mailchimp_leave', scope: ['auth'], timeout: 60 },
    sample: {
      id: 'b1d2c3e4f5a60718293a4b5c6d7e8f90',
      outcome: 'unsubscribed',
      memberId: 'b1d2c3e4f5a60718293a4b5c6d7e8f90',
    },
    outputFields: [
      { key: 'id', label: 'ID' },
      { key: 'outcome', label: 'Outcome' },
      { key: 'memberId', label: 'Mailchimp Contact ID' },
    ],
  },
});
