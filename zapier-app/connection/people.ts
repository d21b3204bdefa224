import { createMailchimpConnector } from '@stackbridge/shared-mappers/connectors/mailchimp/connector.ts';
import {
  createSalesforceConnector,
  type SalesforceConnectorOptions,
} from '@stackbridge/shared-mappers/connectors/salesforce/connector.ts';
import type { PersonObject } from '@stackbridge/shared-mappers/connectors/salesforce/identity.ts';
import type { Connector } from '@stackbridge/shared-mappers/ports/connector.ts';
import type { Step } from '../step.ts';
import { clientOf } from './client.ts';

/** Contacts or leads of the account that was chosen. */
export function salesforcePeople(
  { bundle, ports }: Step,
  object: PersonObject,
  options: Pick<SalesforceConnectorOptions, 'filter' | 'optOuts' | 'externalId' | 'allowDuplicates'> = {},
): Connector {
  const client = clientOf({ system: 'salesforce' }, bundle.authData, ports);
  return createSalesforceConnector({ client, object, ...options });
}

/**
 * Members of an audience of the account that was chosen.
 *
 * @param audience its id, or its name
 * @param audienceId where it is known: saves the call that finds it
 */
export function mailchimpMembers({ bundle, ports }: Step, audience: string, audienceId?: string): Connector {
  const client = clientOf({ system: 'mailchimp' }, bundle.authData, ports);
  return createMailchimpConnector({ client, audience, ...(audienceId === undefined ? {} : { audienceId }) });
}
