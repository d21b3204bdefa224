import { MEMBER_SEARCH } from './mailchimp-member.ts';
import { RECORD_SEARCH } from './salesforce-record.ts';

/**
 * A search whose Zap goes on with the sync step where nothing is found. Zapier asks that it has its search's key. What
 * follows may use `recordId`, which both steps hand on.
 */
export const findOrSyncMember = {
  key: MEMBER_SEARCH,
  display: {
    label: 'Find or Sync Mailchimp Member',
    description:
      'Finds a member of a Mailchimp audience, and brings the Salesforce contact or lead there if there is none.',
  },
  search: MEMBER_SEARCH,
  create: 'sync_to_mailchimp',
} as const;

export const findOrSyncRecord = {
  key: RECORD_SEARCH,
  display: {
    label: 'Find or Sync Salesforce Contact or Lead',
    description:
      'Finds a contact or a lead in Salesforce, and brings the Mailchimp member there if there is none.',
  },
  search: RECORD_SEARCH,
  create: 'sync_to_salesforce',
} as const;
