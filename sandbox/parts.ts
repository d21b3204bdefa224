import type { Mailchimp } from './mailchimp/mailchimp.ts';
import type { Salesforce } from './salesforce/salesforce.ts';
import type { World } from './world.ts';

/** The living parts of a sandbox, as seeding and people's edits need them. */
export interface SandboxParts {
  readonly world: World;
  readonly salesforce: Salesforce;
  readonly mailchimp: Mailchimp;
}
