import type { ContactSyncInput } from '@stackbridge/shared-mappers/recipes/contact-sync.ts';
import type { HostSetup } from 'stackbridge/scenarios/host.ts';
import { Screens } from 'stackbridge/scenarios/screens.ts';

/** The fields of an audience's marks: recipes that share an audience share them. */
export function marksOf(audience: string): NonNullable<ContactSyncInput['base']> {
  return {
    salesforce: `Sync_Stamp_${audience}__c`,
    mailchimp: 'STAMP',
    partner: { salesforce: `Sync_Partner_${audience}__c`, mailchimp: 'PARTNER' },
  };
}

/** An administrator makes the fields in which the recipes of a scenario keep their marks. */
export function markFields({ sandbox }: Pick<HostSetup, 'sandbox'>): void {
  const screens = new Screens(sandbox);
  const addText = (object: string, field: string, length: number): unknown =>
    screens.act('salesforce', 'field', {
      object,
      field,
      change: { kind: 'add', definition: { type: 'string', length } },
    });
  for (const { id, name } of sandbox.mailchimp.account.audiences.values()) {
    for (const object of ['Contact', 'Lead']) {
      addText(object, `Sync_Stamp_${name}__c`, 255);
      addText(object, `Sync_Partner_${name}__c`, 50);
    }
    for (const tag of ['STAMP', 'PARTNER']) {
      const field = { name: tag, type: 'text', public: false };
      screens.act('mailchimp', 'merge-field', { list: id, tag, change: { kind: 'add', field } });
    }
  }
}
