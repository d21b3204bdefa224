import { listAudiences } from '@stackbridge/shared-mappers/connectors/mailchimp/audience.ts';
import { clientOf } from '../connection/client.ts';
import { defineDropdown } from './dropdown.ts';

export const mailchimpAudiences = defineDropdown(
  'mailchimp_audiences',
  'Mailchimp Audience',
  async ({ bundle, ports }) => {
    const client = clientOf({ system: 'mailchimp' }, bundle.authData, ports);
    return (await listAudiences(client)).map(({ id, name }) => ({ id, label: name }));
  },
);
