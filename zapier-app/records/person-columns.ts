import { columnsOf } from '@stackbridge/shared-mappers/mapping/columns.ts';
import type { FieldSchema, ObjectSchema } from '@stackbridge/shared-mappers/model/field-schema.ts';
import { StepFault } from '../errors/step-fault.ts';

/** What every person's record shows, as far as the account has it. Salesforce has hundreds of fields more. */
const USUAL_IN_SALESFORCE: readonly string[] = [
  'Salutation',
  'FirstName',
  'LastName',
  'Email',
  'Phone',
  'MobilePhone',
  'Title',
  'Company',
  'Account.Name',
  'MailingAddress',
  'Address',
  'LeadSource',
  'HasOptedOutOfEmail',
  'CreatedDate',
];

/**
 * The fields that a step shows: of Salesforce the usual ones and those asked for, of Mailchimp all.
 *
 * @throws StepFault for a field asked for that the signed-in user cannot see
 */
export function shownFields({ system, fields, label }: ObjectSchema, more: readonly string[]): FieldSchema[] {
  const unknown = more.filter((name) => !fields.has(name));
  if (unknown.length > 0)
    throw new StepFault('WRONG_INPUT', `The signed-in user sees no field ${unknown.join(', ')} of ${label}`);
  if (system !== 'salesforce') return [...fields.values()];
  return [...new Set([...USUAL_IN_SALESFORCE, ...more])].flatMap((name) => fields.get(name) ?? []);
}

/** The columns that hold these fields. */
export function columnsOfAll(fields: readonly FieldSchema[]): string[] {
  return [...new Set(fields.flatMap((field) => [...columnsOf(field)]))];
}
