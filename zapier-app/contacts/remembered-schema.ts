import type { FieldKind, FieldSchema, ObjectSchema } from '@stackbridge/shared-mappers/model/field-schema.ts';
import type { ContactSyncRecipe } from '@stackbridge/shared-mappers/recipes/contact-sync.ts';
import { fieldsNamed } from '@stackbridge/shared-mappers/recipes/fields-named.ts';
import {
  type CachedSchema,
  cachedSchemaOf,
  schemaMemos,
  toMemo,
} from '@stackbridge/shared-mappers/recipes/schema-cache.ts';
import { jsonObject } from '../json-object.ts';
import { accountCache } from '../ports/cache.ts';
import { printOf } from '../records/print.ts';
import type { Step } from '../step.ts';

/** What no longer fits is noticed at once and described anew; that more would fit by now, after that time. */
const KEPT_S = 15 * 60;

/** What rules look for by kind, whatever the recipe names: the match address, and the status that is consent. */
const SOUGHT: ReadonlySet<FieldKind> = new Set(['email', 'status']);

/** How the side that a step writes to was described, kept for its account: not every step has to ask again. */
export interface RememberedSchema {
  /** Undefined where it is not known, or too old. */
  recall(): Promise<CachedSchema | undefined>;
  keep(described: CachedSchema): Promise<void>;
}

export function rememberedSchema(
  { z, ports }: Pick<Step, 'z' | 'ports'>,
  recipe: ContactSyncRecipe,
  target: 'salesforce' | 'mailchimp',
): RememberedSchema {
  const cache = accountCache(z);
  const { left, right } = schemaMemos(recipe);
  const names = fieldsNamed(recipe, target);
  const key = `${target === 'salesforce' ? left : right} ${printOf(names)}`;
  return {
    async recall() {
      const kept = jsonObject.safeParse(await cache.get(key)).data;
      const described = await cachedSchemaOf({ memo: async () => kept }, key);
      if (described === undefined) return undefined;
      // Zapier may keep it for longer than it was asked to.
      return ports.clock.now() - described.at < KEPT_S * 1000 ? described : undefined;
    },
    keep: ({ schema, at }) => cache.set(key, toMemo(neededOf(schema, new Set(names)), at), KEPT_S),
  };
}

/** An object of Salesforce may have hundreds of fields: only those that a recipe can be held against are kept. */
function neededOf(schema: ObjectSchema, named: ReadonlySet<string>): ObjectSchema {
  const isNeeded = ({ name, kind, required }: FieldSchema): boolean =>
    named.has(name) || required || SOUGHT.has(kind);
  return { ...schema, fields: new Map([...schema.fields].filter(([, field]) => isNeeded(field))) };
}
