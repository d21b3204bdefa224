import type { RecordItem } from './record-item.ts';

/** Shown in the Zap editor until the user's own records are loaded. */
export const SALESFORCE_SAMPLE: RecordItem & Record<string, unknown> = {
  id: '003RO0000035WQgYAM-live-1793606400000',
  recordId: '003RO0000035WQgYAM',
  object: 'Contact',
  state: 'live',
  successorId: '',
  modifiedAt: '2026-11-02T08:00:00.000Z',
  fields: {
    FirstName: 'Ada',
    LastName: 'Lovelace',
    Email: 'ada@lovelace.test',
    Phone: '+44 20 7946 0000',
    Title: 'Analyst',
    HasOptedOutOfEmail: false,
  },
};

export const MAILCHIMP_SAMPLE: RecordItem & Record<string, unknown> = {
  id: 'b1d2c3e4f5a60718293a4b5c6d7e8f90-live-1793606400000',
  recordId: 'b1d2c3e4f5a60718293a4b5c6d7e8f90',
  object: 'member',
  state: 'live',
  successorId: '',
  modifiedAt: '2026-11-02T08:00:00.000Z',
  fields: {
    contact_id: 'b1d2c3e4f5a60718293a4b5c6d7e8f90',
    email_address: 'ada@lovelace.test',
    status: 'subscribed',
    merge_fields: { FNAME: 'Ada', LNAME: 'Lovelace' },
  },
};
