import type { Sandbox } from '@stackbridge/sandbox/start.ts';
import { AUDIENCE, addStampFields, CONTACT_RECIPE } from './contact-recipe.ts';
import type { PackagedStage } from './use-packaged-app.ts';
import { ZapPair } from './zap-pair.ts';

/** Both Zaps of the contact recipe, and the fields that they keep its base in. */
export function startContactZaps({ app, sandbox }: PackagedStage): ZapPair {
  addStampFields(sandbox);
  return new ZapPair(app, sandbox, CONTACT_RECIPE, AUDIENCE);
}

/** @returns her id */
export function enterAda({ salesforce }: Sandbox): string {
  return salesforce.desk.create('Contact', {
    FirstName: 'Ada',
    LastName: 'Lovelace',
    Email: 'ada@lovelace.test',
  });
}

/**
 * So many contacts, each of them somebody's member as the recipe has it.
 *
 * @param crowd whose people they are: tells them from others
 * @returns their ids
 */
export function enterCrowd(
  { salesforce }: Sandbox,
  count: number,
  crowd: string,
  more: object = {},
): string[] {
  return Array.from({ length: count }, (_, n) =>
    salesforce.desk.create('Contact', {
      LastName: `P${n}`,
      Email: `p${n}@${crowd}.test`,
      Member__c: `${crowd}${n}`,
      ...more,
    }),
  );
}

export function membersOf({ admin }: Sandbox) {
  return admin.records('mailchimp', AUDIENCE).records;
}

export function contactsOf({ admin }: Sandbox) {
  return admin.records('salesforce', 'Contact').records;
}
