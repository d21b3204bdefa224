import { createSalesforceConnector } from '@stackbridge/shared-mappers/connectors/salesforce/connector.ts';
import { interpretSalesforce } from '@stackbridge/shared-mappers/connectors/salesforce/errors.ts';
import { connectSalesforce } from '../support/salesforce-connection.ts';
import { keepsTheContract } from './contract.ts';

keepsTheContract({
  system: 'salesforce',
  interpret: interpretSalesforce,
  limits: { concurrency: 5 },
  connection: (sandbox, http) => connectSalesforce(sandbox.connections.salesforce, http, sandbox.world.clock),
  open: async (sandbox, client) => ({
    connector: createSalesforceConnector({ client, object: 'Contact' }),
    desk: sandbox.salesforce.desk,
    collection: 'Contact',
  }),

  person: (index) => {
    const values = {
      FirstName: `First ${index}`,
      LastName: `Last ${index}`,
      Email: `p${index}@acme.test`,
      HasOptedOutOfEmail: false,
      Customer_Tier__c: 'Gold',
      // Stored in the order of the field's choices, whatever the order sent.
      Newsletter_Topics__c: 'Events;Offers',
      Loyalty_Points__c: 12,
      Birthdate: '1815-12-10',
      MailingCity: 'London',
    };
    return { atDesk: values, payload: values };
  },
  columns: [
    'FirstName',
    'LastName',
    'Email',
    'HasOptedOutOfEmail',
    'Customer_Tier__c',
    'Newsletter_Topics__c',
    'Loyalty_Points__c',
    'Birthdate',
    'MailingCity',
    'MailingStreet',
    'Account.Name',
  ],
  emailColumn: 'Email',
  values: {
    FirstName: 'First 1',
    LastName: 'Last 1',
    Email: 'p1@acme.test',
    HasOptedOutOfEmail: false,
    Customer_Tier__c: 'Gold',
    Newsletter_Topics__c: 'Offers;Events',
    Loyalty_Points__c: 12,
    Birthdate: '1815-12-10',
    MailingCity: 'London',
    MailingStreet: null,
    Account: null,
  },
  edit: { FirstName: 'Edited' },
  update: {
    payload: { FirstName: null, Customer_Tier__c: 'Silver' },
    values: {
      FirstName: null,
      LastName: 'Last 1',
      Email: 'p1@acme.test',
      HasOptedOutOfEmail: false,
      Customer_Tier__c: 'Silver',
      Newsletter_Topics__c: 'Offers;Events',
      Loyalty_Points__c: 12,
      Birthdate: '1815-12-10',
      MailingCity: 'London',
      MailingStreet: null,
      Account: null,
    },
  },
  rename: { payload: { Email: 'moved@acme.test' }, email: 'moved@acme.test' },
  invalid: { payload: { LastName: 'Bad', Email: 'badone' }, code: 'EMAIL_INVALID' },
  unknownId: '003q000000KvQ1tAAF',

  capabilities: {
    writeBatch: 200,
    lookupBatch: 200,
    writeConcurrency: 4,
    createIsIdempotent: false,
    changesTellDeletes: true,
  },
  schema: {
    LastName: { kind: 'text', required: true, maxLength: 80, empty: null },
    Email: { kind: 'email', maxLength: 80, path: ['Email'] },
    HasOptedOutOfEmail: { kind: 'boolean', updatable: true },
    Customer_Tier__c: { kind: 'picklist', restricted: true, choices: ['Bronze', 'Silver', 'Gold'] },
    Newsletter_Topics__c: { kind: 'set', setShape: 'semicolons' },
    Birthdate: { kind: 'date' },
    MailingAddress: { kind: 'address', updatable: true },
    Mailchimp_Contact_Id__c: { kind: 'text', unique: true },
    'Account.Name': { kind: 'text', updatable: false },
  },
  object: 'Contact',
  removed: 'deleted',
  calls: { readAll: 2, idle: 1 },
  paths: { listing: '/query', write: '/composite/sobjects' },
});
