import { createMailchimpConnector } from '@stackbridge/shared-mappers/connectors/mailchimp/connector.ts';
import { readChangedRecords } from '@stackbridge/shared-mappers/sync/poll/changed-records.ts';
import {
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
  type IPollFunctions,
  NodeConnectionTypes,
} from 'n8n-workflow';
import { z } from 'zod';
import { mailchimpClient } from '../../contacts/people.ts';
import { MAILCHIMP_CREDENTIALS, MAILCHIMP_SIGN_IN } from '../../fields/mailchimp-sign-in.ts';
import { searchAudiences } from '../../lists/people-lists.ts';
import { readTriggerParameters } from '../../parameters.ts';
import { AUDIENCE, audienceId, mailchimpSignIn } from '../../triggers/audience.ts';
import { LOOK_BACK, lookBackHours } from '../../triggers/look-back.ts';
import { personChange } from '../../triggers/person-change.ts';
import { pollNew } from '../../triggers/poll-new.ts';

const parameters = z.object({
  mailchimpAuthentication: mailchimpSignIn,
  audience: audienceId,
  members: z.enum(['all', 'unsubscribed']),
  lookBackHours,
});

const SHOWN = ['merge_fields', 'language', 'vip', 'timestamp_opt'];

export class StackbridgeMailchimpPollTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Stackbridge Mailchimp Poll Trigger',
    name: 'stackbridgeMailchimpPollTrigger',
    icon: { light: 'file:../../icons/mailchimp.svg', dark: 'file:../../icons/mailchimp.dark.svg' },
    group: ['trigger'],
    version: [1],
    subtitle: '={{ $parameter["members"] }}',
    description:
      'Starts the workflow when members of a Mailchimp audience join, change, unsubscribe or are archived; asks at intervals',
    defaults: { name: 'Stackbridge Mailchimp Poll Trigger' },
    polling: true,
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: MAILCHIMP_CREDENTIALS,
    properties: [
      MAILCHIMP_SIGN_IN,
      AUDIENCE,
      {
        displayName: 'Members',
        name: 'members',
        type: 'options',
        options: [
          { name: 'All', value: 'all', description: 'Whoever joins, changes or is archived' },
          { name: 'Unsubscribed', value: 'unsubscribed', description: 'Only those who are unsubscribed' },
        ],
        default: 'all',
        description: 'Whose changes start the workflow. A sync needs all of them.',
      },
      LOOK_BACK,
    ],
  };

  methods = { listSearch: { searchAudiences } };

  async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
    const { mailchimpAuthentication, audience, members, lookBackHours } = readTriggerParameters(
      this,
      parameters,
    );
    return pollNew(this, lookBackHours, async (since, ports, isSample) => {
      const client = await mailchimpClient(this, ports, mailchimpAuthentication);
      const connector = createMailchimpConnector({ client, audience });
      const read = await readChangedRecords(connector, since, SHOWN, (found) => isSample && found > 0);
      const wanted = read.records.filter(
        ({ values }) => members === 'all' || values.status === 'unsubscribed',
      );
      return { changes: wanted.map(personChange), serverTime: read.serverTime };
    });
  }
}
