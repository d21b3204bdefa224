import { findAudience } from '@stackbridge/sandbox/mailchimp/account.ts';
import { layOutAudience } from '@stackbridge/sandbox/people/audience-fields.ts';
import { createMailchimpConnector } from '@stackbridge/shared-mappers/connectors/mailchimp/connector.ts';
import { interpretMailchimp } from '@stackbridge/shared-mappers/connectors/mailchimp/errors.ts';
import { keepsTheContract } from './contract.ts';

const LIST = 'aud0000001';

/** The first member of a sandbox with the usual seed. */
const HELD = {
  id: '279349cab3bd15cff7d902af0db783c6',
  contact_id: '44a652dd6cdf98134fe6b87115f67998',
  email_address: 'p1@acme.test',
  status: 'subscribed',
  last_changed: '2026-11-02T08:00:00+00:00',
  vip: true,
};

keepsTheContract({
  system: 'mailchimp',
  interpret: interpretMailchimp,
  limits: { concurrency: 10 },
  connection: ({ connections }) => {
    const { baseUrl, apiKey } = connections.mailchimp;
    const access = { baseUrl, headers: { authorization: `Bearer ${apiKey}` } };
    return { system: 'mailchimp', access: async () => access, renew: async () => access };
  },
  open: async (sandbox, client) => {
    const { account, desk } = sandbox.mailchimp;
    layOutAudience(account, findAudience(account, LIST));
    return {
      connector: createMailchimpConnector({ client, audience: 'Newsletter', audienceId: LIST }),
      desk,
      collection: LIST,
    };
  },

  person: (index) => {
    const values = {
      email_address: `p${index}@acme.test`,
      status: 'subscribed',
      merge_fields: {
        FNAME: `First ${index}`,
        LNAME: `Last ${index}`,
        TIER: 'Gold',
        POINTS: 12,
        ADDRESS: { addr1: '12 St James', addr2: '', city: 'London', state: 'LDN', zip: 'SW1', country: 'GB' },
      },
      vip: true,
    };
    return { atDesk: values, payload: values };
  },
  columns: [
    'email_address',
    'status',
    'merge_fields.FNAME',
    'merge_fields.LNAME',
    'merge_fields.TIER',
    'merge_fields.POINTS',
    'merge_fields.ADDRESS',
    'merge_fields.BIRTHDAY',
    'vip',
  ],
  emailColumn: 'email_address',
  values: {
    ...HELD,
    merge_fields: {
      FNAME: 'First 1',
      LNAME: 'Last 1',
      TIER: 'Gold',
      POINTS: 12,
      ADDRESS: { addr1: '12 St James', addr2: '', city: 'London', state: 'LDN', zip: 'SW1', country: 'GB' },
      BIRTHDAY: '',
    },
  },
  edit: { merge_fields: { FNAME: 'Edited' } },
  update: {
    payload: { merge_fields: { FNAME: '', TIER: 'Silver', ADDRESS: '' } },
    values: {
      ...HELD,
      merge_fields: { FNAME: '', LNAME: 'Last 1', TIER: 'Silver', POINTS: 12, ADDRESS: '', BIRTHDAY: '' },
    },
  },
  rename: { payload: { email_address: 'moved@acme.test' }, email: 'moved@acme.test' },
  invalid: { payload: { email_address: 'badone', status: 'subscribed' }, code: 'EMAIL_INVALID' },
  unknownId: 'ffffffffffffffffffffffffffffffff',

  capabilities: {
    writeBatch: 500,
    lookupBatch: 1,
    writeConcurrency: 4,
    createIsIdempotent: true,
    changesTellDeletes: false,
  },
  schema: {
    LNAME: { kind: 'text', required: false, maxLength: 255, lengthUnit: 'bytes', empty: '' },
    email_address: { kind: 'email', required: true, path: ['email_address'] },
    status: { kind: 'status', updatable: false },
    vip: { kind: 'boolean', updatable: true },
    TIER: { kind: 'picklist', restricted: true, choices: ['Bronze', 'Silver', 'Gold'] },
    'interests.Topics': { kind: 'set', setShape: 'flags' },
    tags: { kind: 'set', setShape: 'names' },
    BIRTHDAY: { kind: 'birthday' },
    ADDRESS: { kind: 'address', requiredParts: ['street', 'city', 'state', 'postalCode'] },
    contact_id: { kind: 'id', updatable: false },
  },
  object: 'member',
  removed: 'archived',
  // Live members and archived ones are a listing each.
  calls: { readAll: 4, idle: 2 },
  paths: { listing: '/members', write: `/lists/${LIST}?` },
});
