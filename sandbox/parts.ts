import type { Mailchimp } from './mailchimp/mailchimp.ts';
import type { Salesforce } from './salesforce/salesforce.ts';
import type { World } from './world.ts';
import type { Xero } from './xero/xero.ts';
import type { ZohoAccounts } from './zoho-accounts/zoho-accounts.ts';
import type { ZohoBooks } from './zoho-books/zoho-books.ts';
import type { ZohoProjects } from './zoho-projects/zoho-projects.ts';

/** The parts of a sandbox where people are: contacts, leads, members. */
export interface PeopleParts {
  readonly world: World;
  readonly salesforce: Salesforce;
  readonly mailchimp: Mailchimp;
}

/** The living parts of a sandbox, as seeding and people's edits need them. */
export interface SandboxParts extends PeopleParts {
  readonly zohoAccounts: ZohoAccounts;
  readonly zohoProjects: ZohoProjects;
  readonly zohoBooks: ZohoBooks;
  readonly xero: Xero;
}
