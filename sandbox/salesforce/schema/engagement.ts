import { checkbox, datetime, type Field, number, REQUIRED, reference, text, url } from './field.ts';
import { type ObjectSchema, objectSchema } from './object-schema.ts';
import { systemFields, usageFields } from './shared-fields.ts';

/** The custom object that an administrator has prepared for what people do with campaigns: one record an event. */
export function engagementSchema(): ObjectSchema {
  return objectSchema('Mailchimp_Engagement__c', 'Mailchimp Engagement', 'Mailchimp Engagements', 'aZ0', [
    ...systemFields('Mailchimp Engagement'),
    ...usageFields(),
    text('Name', 'Mailchimp Engagement Name', 80, { nameField: true, idLookup: true }),
    text('Event_Key__c', 'Event Key', 80, { ...REQUIRED, externalId: true, unique: true }),
    reference('Contact__c', 'Contact', ['Contact'], 'Contact__r'),
    reference('Lead__c', 'Lead', ['Lead'], 'Lead__r'),
    reference('Campaign__c', 'Campaign', ['Campaign'], 'Campaign__r'),
    text('Campaign_Name__c', 'Campaign Name', 255),
    text('Type__c', 'Type', 40),
    text('Detail__c', 'Detail', 255),
    url('Url__c', 'URL'),
    datetime('Occurred_At__c', 'Occurred At'),
    checkbox('Is_Machine__c', 'By a Machine'),
  ]);
}

/** Fields of people that hold what their engagement comes to. */
export function engagementFields(): Field[] {
  return [
    datetime('Last_Email_Open__c', 'Last Email Open'),
    datetime('Last_Email_Click__c', 'Last Email Click'),
    number('Email_Opens_90_Days__c', 'Email Opens in 90 Days', 6),
    number('Email_Clicks_90_Days__c', 'Email Clicks in 90 Days', 6),
    number('Engagement_Score__c', 'Engagement Score', 6),
  ];
}
