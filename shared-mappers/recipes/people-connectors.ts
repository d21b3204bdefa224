import { createMailchimpConnector } from '../connectors/mailchimp/connector.ts';
import { createSalesforceConnector } from '../connectors/salesforce/connector.ts';
import type { SystemClient } from '../http/system-client.ts';
import type { Connector } from '../ports/connector.ts';
import type { ContactSyncRecipe } from './contact-sync.ts';
import { optOutsOf } from './says-no-mail.ts';

/** One client a system of a contact sync. */
export type PeopleClients = Readonly<Record<'salesforce' | 'mailchimp', SystemClient>>;

/** Both sides of a recipe. @param audienceId where an earlier run has found it: saves the call that finds it. */
export function connectorsOf(
  recipe: ContactSyncRecipe,
  { salesforce, mailchimp }: PeopleClients,
  audienceId?: string,
): { readonly left: Connector; readonly right: Connector } {
  const { object, filter, externalId, bulkThreshold, duplicates } = recipe.salesforce;
  return {
    left: createSalesforceConnector({
      client: salesforce,
      object,
      bulkThreshold,
      allowDuplicates: duplicates === 'save',
      optOuts: optOutsOf(recipe),
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
