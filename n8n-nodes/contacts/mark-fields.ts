import { createMergeField } from '@stackbridge/shared-mappers/connectors/mailchimp/merge-field.ts';
import type { ObjectSchema } from '@stackbridge/shared-mappers/model/field-schema.ts';
import type { JsonObject } from '@stackbridge/shared-mappers/model/json.ts';
import type { Clock } from '@stackbridge/shared-mappers/ports/clock.ts';
import type { ContactSyncRecipe } from '@stackbridge/shared-mappers/recipes/contact-sync.ts';
import type { PeopleClients } from '@stackbridge/shared-mappers/recipes/people-connectors.ts';
import { schemaMemos, toMemo } from '@stackbridge/shared-mappers/recipes/schema-cache.ts';
import { NodeFault } from '../errors/node-fault.ts';
import type { Sides } from './run-contact-sync.ts';

export interface Described {
  /** With its base, or without where a preview finds the fields for it missing. */
  readonly recipe: ContactSyncRecipe;
  /** Both systems' fields, as the core remembers them. */
  readonly memos: Readonly<Record<string, JsonObject>>;
  readonly notes: readonly string[];
}

const WITHOUT_STAMPS =
  'Nothing is remembered on the records: edits of both sides are no conflict, a changed address is a new person, and deletions are not seen.';

/**
 * Describes both systems, and adds the merge fields in which the recipe keeps its base where the audience lacks them.
 *
 * @throws NodeFault that says which fields an admin has to add in Salesforce
 */
export async function markFields(
  recipe: ContactSyncRecipe,
  sides: Sides,
  { mailchimp }: Pick<PeopleClients, 'mailchimp'>,
  { clock, preview }: { readonly clock: Clock; readonly preview: boolean },
): Promise<Described> {
  const [left, right] = await Promise.all([sides.left.describe(), sides.right.describe()]);
  const { base } = recipe;
  const described = (as: ContactSyncRecipe, schema: ObjectSchema, ...notes: string[]): Described => {
    const names = schemaMemos(recipe);
    const memos = { [names.left]: toMemo(left, clock.now()), [names.right]: toMemo(schema, clock.now()) };
    return { recipe: as, memos, notes };
  };
  if (base === 'store') return described(recipe, right, WITHOUT_STAMPS);
  const { partner } = base;
  requireFields(left, [
    { name: base.salesforce, length: 255 },
    ...(partner === undefined ? [] : [{ name: partner.salesforce, length: 50 }]),
  ]);
  const tags = [
    { tag: base.mailchimp, name: 'Stackbridge stamp' },
    ...(partner === undefined ? [] : [{ tag: partner.mailchimp, name: 'Salesforce ID' }]),
  ];
  const missing = tags.filter(({ tag }) => !right.fields.has(tag));
  if (missing.length === 0) return described(recipe, right);
  const named = missing.map(({ tag }) => tag).join(' and ');
  if (preview)
    return described(
      { ...recipe, base: 'store' },
      right,
      `The first sync adds the merge fields ${named} to the audience, hidden from forms.`,
    );
  const fields = new Map(right.fields);
  for (const { tag, name } of missing)
    fields.set(tag, await createMergeField(mailchimp, right.object, { tag, name, type: 'text' }));
  return described(recipe, { ...right, fields }, `The merge fields ${named} were added to the audience.`);
}

function requireFields(
  { object, fields }: ObjectSchema,
  needed: readonly { readonly name: string; readonly length: number }[],
): void {
  const missing = needed.filter(({ name }) => !fields.has(name));
  if (missing.length === 0) return;
  const wanted = missing.map(({ name, length }) => `${name} (Text, ${length} characters)`).join(' and ');
  throw new NodeFault(
    `${object} in Salesforce lacks ${wanted}, in which the sync remembers what both sides last agreed on`,
    `Ask an admin to add ${missing.length === 1 ? 'the field' : 'the fields'} and to make ${missing.length === 1 ? 'it' : 'them'} visible to the user of the credential. Without stamps (Remember On: Nothing) a sync cannot tell which side has changed.`,
  );
}
