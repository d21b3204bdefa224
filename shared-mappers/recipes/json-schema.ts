import { z } from 'zod';
import { contactSync } from './contact-sync.ts';

/** JSON Schema 2020-12 of recipes as they are written, for editors. Published as docs/schema/<file>. */
export function recipeJsonSchemas(): Readonly<Record<string, object>> {
  return {
    'contact-sync-v1.json': {
      title: 'Stackbridge recipe: two-way contact sync between Salesforce and Mailchimp, version 1',
      ...z.toJSONSchema(contactSync, { io: 'input' }),
    },
  };
}
