import type { FieldMap } from '../mapping/compiled-rule.ts';
import type { MappingProblem } from '../mapping/mapping-problem.ts';
import type { Schemas } from '../mapping/schemas.ts';
import type { ObjectSchema } from '../model/field-schema.ts';
import { type FingerprintKey, fingerprint } from '../model/fingerprint.ts';
import { stampHome } from '../plan/stamp-home.ts';
import { storeHome } from '../plan/store-home.ts';
import type { Clock } from '../ports/clock.ts';
import type { Connector } from '../ports/connector.ts';
import type { Store } from '../ports/store.ts';
import type { SyncJob } from '../sync/job.ts';
import { compileRecipe } from './compile-recipe.ts';
import type { ContactSyncRecipe } from './contact-sync.ts';
import type { RecipeSchemas } from './recipe-schemas.ts';
import { recordMarks } from './record-marks.ts';
import { cachedSchemaOf, schemaMemos, toMemo } from './schema-cache.ts';

/** A described schema is believed for a day; a run that meets a fault of the schema describes anew. */
const SCHEMA_AGE_MS = 24 * 3_600_000;

export interface PrepareInput {
  readonly recipe: ContactSyncRecipe;
  readonly left: Connector;
  readonly right: Connector;
  /** Remembers described schemas. */
  readonly store: Pick<Store, 'memo' | 'saveMemo'>;
  readonly clock: Clock;
  /** Of the home: fingerprints of one home mean nothing in another. */
  readonly key: FingerprintKey;
  /** Describe both sides now, whatever is remembered. */
  readonly fresh?: boolean;
}

export type Prepared =
  | { readonly job: SyncJob; readonly notes: readonly string[] }
  | { readonly problems: readonly MappingProblem[]; readonly schemas: RecipeSchemas };

/**
 * Makes a recipe ready to run: describes both sides (or remembers them described), compiles the field map and turns
 * the recipe's words into options. Reports every fault of the recipe against the live schemas at once.
 */
export async function prepareContactSync(input: PrepareInput): Promise<Prepared> {
  const { recipe, key } = input;
  const memos = schemaMemos(recipe);
  const [left, right] = await Promise.all([
    describe(input.left, memos.left, input),
    describe(input.right, memos.right, input),
  ]);
  const compiled = compileRecipe(recipe, { salesforce: left, mailchimp: right });
  if ('problems' in compiled) return { ...compiled, schemas: { salesforce: left, mailchimp: right } };

  const { map, matchKeys, notes, options, mappingVersion } = compiled;
  const job: SyncJob = {
    recipe: recipe.name,
    scope: `mailchimp:${right.object}`,
    leftObject: recipe.salesforce.object,
    map,
    options,
    matchKeys: matchKeys.map(({ read }) => read),
    ...homeOf(recipe, map, { left, right }, key),
    keyHashOf: (email) => fingerprint(key, email),
    mappingVersion,
    overlapMs: recipe.overlapMs,
    leftFiltered: recipe.salesforce.filter !== undefined,
  };
  return { job, notes };
}

async function describe(
  connector: Connector,
  memo: string,
  { store, clock, fresh }: PrepareInput,
): Promise<ObjectSchema> {
  const cached = fresh === true ? undefined : await cachedSchemaOf(store, memo);
  if (cached !== undefined && clock.now() - cached.at < SCHEMA_AGE_MS) return cached.schema;
  const schema = await connector.describe();
  await store.saveMemo(memo, toMemo(schema, clock.now()));
  return schema;
}

/** The store keeps the base unless the recipe wants it stamped onto the records. */
function homeOf(
  recipe: ContactSyncRecipe,
  map: FieldMap,
  schemas: Schemas,
  key: FingerprintKey,
): Pick<SyncJob, 'home' | 'marks'> {
  const marks = recordMarks(recipe, schemas);
  return marks === undefined ? { home: storeHome(key) } : { home: stampHome(map, marks), marks };
}
