import { addressField } from '../mapping/match-key.ts';
import type { ObjectSchema } from '../model/field-schema.ts';
import type { ContactSyncRecipe } from './contact-sync.ts';
import type { FieldRule } from './field-rule.ts';
import { fieldsRead } from './record-fields.ts';

/** Fields that the core reads whatever the recipe says. */
const ALWAYS = { salesforce: ['Email'], mailchimp: ['contact_id', 'email_address', 'status'] } as const;

/** Every field of one side that a recipe names or reads: what a step that sees only this side has to hand on. */
export function fieldsNamed(recipe: ContactSyncRecipe, system: 'salesforce' | 'mailchimp'): string[] {
  const { consent, fields, match, salesforce } = recipe;
  const read = fieldsRead(recipe)[system === 'salesforce' ? 'left' : 'right'];
  const ofConsent = [consent?.salesforce, consent?.statusField, ...(consent?.closedBy ?? [])];
  const ofSalesforce = system === 'salesforce' ? [salesforce.externalId, ...ofConsent] : [];
  const names = [
    ...ALWAYS[system],
    ...fields.flatMap((rule) => namesIn(rule[system])),
    ...match.flatMap((key) => (key === 'email' ? [] : [key[system]])),
    ...read.map(({ field }) => field),
    ...ofSalesforce.filter((name) => name !== undefined),
  ];
  return [...new Set(names)];
}

/** The Salesforce field that holds the match address. */
export function addressNamed({ fields }: ContactSyncRecipe, schema: ObjectSchema): string {
  const rule = fields.find(({ mailchimp }) => mailchimp === 'email_address');
  return typeof rule?.salesforce === 'string' ? rule.salesforce : (addressField(schema)?.name ?? 'Email');
}

function namesIn(side: FieldRule['salesforce']): readonly string[] {
  if (typeof side === 'string') return [side];
  if ('constant' in side) return [];
  if ('split' in side) return [side.split];
  return 'concat' in side ? side.concat : side.firstNonEmpty;
}
