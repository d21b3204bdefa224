import {
  checkbox,
  date,
  datetime,
  picklist,
  READ_ONLY,
  reference,
  text,
  textarea,
  UNSECURED,
} from './field.ts';
import { type ObjectSchema, objectSchema } from './object-schema.ts';
import { systemFields } from './shared-fields.ts';

const STATUSES = ['Not Started', 'In Progress', 'Completed', 'Waiting on someone else', 'Deferred'];
const SUBJECTS = ['Call', 'Send Letter', 'Send Quote', 'Email', 'Other'];
const GIVEN = { ...UNSECURED, nillable: false };

export function taskSchema(): ObjectSchema {
  return objectSchema('Task', 'Task', 'Tasks', '00T', [
    ...systemFields('Activity'),
    reference('WhoId', 'Name ID', ['Contact', 'Lead'], 'Who'),
    reference('WhatId', 'Related To ID', ['Account', 'Campaign'], 'What'),
    { ...picklist('Subject', 'Subject', SUBJECTS, { length: 255 }), type: 'combobox' },
    date('ActivityDate', 'Due Date Only'),
    picklist('Status', 'Status', STATUSES, { ...GIVEN, defaultValue: 'Not Started' }),
    picklist('Priority', 'Priority', ['High', 'Normal', 'Low'], { ...GIVEN, defaultValue: 'Normal' }),
    checkbox('IsHighPriority', 'High Priority', { ...READ_ONLY, ...UNSECURED }),
    reference('OwnerId', 'Assigned To ID', ['User'], 'Owner', { ...GIVEN, defaultedOnCreate: true }),
    textarea('Description', 'Description', 32000),
    picklist('Type', 'Type', ['Call', 'Email', 'Meeting', 'Other']),
    picklist('CallType', 'Call Type', ['Internal', 'Inbound', 'Outbound']),
    checkbox('IsClosed', 'Closed', { ...READ_ONLY, ...UNSECURED }),
    datetime('CompletedDateTime', 'Completed Date', { ...READ_ONLY, ...UNSECURED }),
    picklist('TaskSubtype', 'Task Subtype', ['Task', 'Email', 'ListEmail', 'Cadence', 'Call', 'LinkedIn'], {
      restrictedPicklist: true,
      updateable: false,
      defaultValue: 'Task',
    }),
    reference('AccountId', 'Account ID', ['Account'], 'Account', { ...READ_ONLY, ...UNSECURED }),
    text('Event_Key__c', 'Event Key', 255, { externalId: true, unique: true }),
  ]);
}
