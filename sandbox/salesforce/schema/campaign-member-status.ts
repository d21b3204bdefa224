import { checkbox, field, REQUIRED, reference, text, UNSECURED } from './field.ts';
import { type ObjectSchema, objectSchema } from './object-schema.ts';
import { systemFields } from './shared-fields.ts';

/** The statuses that members of one campaign can have; each campaign has its own. */
export function campaignMemberStatusSchema(): ObjectSchema {
  return objectSchema('CampaignMemberStatus', 'Campaign Member Status', 'Campaign Member Statuses', '01Y', [
    ...systemFields('Campaign Member Status'),
    reference('CampaignId', 'Campaign ID', ['Campaign'], 'Campaign', {
      ...UNSECURED,
      nillable: false,
      updateable: false,
      cascadeDelete: true,
    }),
    text('Label', 'Label', 255, REQUIRED),
    field('int', 'SortOrder', 'Sort Order', UNSECURED),
    checkbox('IsDefault', 'Is Default', UNSECURED),
    checkbox('HasResponded', 'Responded', UNSECURED),
  ]);
}
