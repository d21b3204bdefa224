import { createMailchimpConnector } from '@stackbridge/shared-mappers/connectors/mailchimp/connector.ts';
import { interpretMailchimp } from '@stackbridge/shared-mappers/connectors/mailchimp/errors.ts';
import { mailchimpLimits } from '@stackbridge/shared-mappers/connectors/mailchimp/limits.ts';
import { createSalesforceConnector } from '@stackbridge/shared-mappers/connectors/salesforce/connector.ts';
import { interpretSalesforce } from '@stackbridge/shared-mappers/connectors/salesforce/errors.ts';
import { salesforceLimits } from '@stackbridge/shared-mappers/connectors/salesforce/limits.ts';
import {
  createSystemClient,
  type SystemClient,
  type SystemClientOptions,
} from '@stackbridge/shared-mappers/http/system-client.ts';
import type { Connection } from '@stackbridge/shared-mappers/ports/connection.ts';
import type { Connector } from '@stackbridge/shared-mappers/ports/connector.ts';
import type { ContactSyncRecipe } from '@stackbridge/shared-mappers/recipes/contact-sync.ts';

export type Clients = Readonly<Record<'salesforce' | 'mailchimp', SystemClient>>;

/** What all clients of a session share. */
export type ClientSettings = Omit<SystemClientOptions, 'system' | 'connection' | 'limits' | 'interpret'>;

/** One client a system, with its limits and its reading of answers. */
export function clientsOf(
  connectionTo: (system: keyof Clients) => Connection,
  settings: ClientSettings,
): Clients {
  return {
    salesforce: createSystemClient({
      ...settings,
      system: 'salesforce',
      connection: connectionTo('salesforce'),
      limits: salesforceLimits(settings.log),
      interpret: interpretSalesforce,
    }),
    mailchimp: createSystemClient({
      ...settings,
      system: 'mailchimp',
      connection: connectionTo('mailchimp'),
      limits: mailchimpLimits(),
      interpret: interpretMailchimp,
    }),
  };
}

/** Both sides of a recipe. @param audienceId where an earlier run has found it: saves the call that finds it. */
export function connectorsOf(
  recipe: ContactSyncRecipe,
  { salesforce, mailchimp }: Clients,
  audienceId: string | undefined,
): { readonly left: Connector; readonly right: Connector } {
  const { object, filter, externalId, bulkThreshold, duplicates } = recipe.salesforce;
  return {
    left: createSalesforceConnector({
      client: salesforce,
      object,
      bulkThreshold,
      allowDuplicates: duplicates === 'save',
      ...(filter === undefined ? {} : { filter }),
      ...(externalId === undefined ? {} : { externalId }),
    }),
    right: createMailchimpConnector({
      client: mailchimp,
      audience: recipe.mailchimp.audience,
      ...(audienceId === undefined ? {} : { audienceId }),
    }),
  };
}
