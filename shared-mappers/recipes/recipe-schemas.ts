import type { ObjectSchema } from '../model/field-schema.ts';

/** Both systems as the account describes them today. */
export interface RecipeSchemas {
  readonly salesforce: ObjectSchema;
  readonly mailchimp: ObjectSchema;
}
