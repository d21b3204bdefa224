import type { Sandbox } from '@stackbridge/sandbox/start.ts';

/** What campaign activity is written to. */
const OBJECTS = ['Campaign', 'CampaignMember', 'Contact', 'Lead', 'Mailchimp_Engagement__c', 'Task'];

/** Fields that every write moves, whatever it says. */
const BY_EVERY_WRITE: ReadonlySet<string> = new Set(['SystemModstamp', 'LastModifiedDate']);

/** All of it as people see it, as a text: the same where a write has changed nothing. */
export function seenInSalesforce({ admin }: Sandbox): string {
  const held = OBJECTS.map((object) => admin.records('salesforce', object, { limit: 1_000_000, offset: 0 }));
  return JSON.stringify(
    held.map(({ records }) => records),
    (key, value: unknown) => (BY_EVERY_WRITE.has(key) ? undefined : value),
  );
}
