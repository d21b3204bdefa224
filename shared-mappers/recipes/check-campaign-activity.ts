import { type MappingProblem, missingField, nameAndKind } from '../mapping/mapping-problem.ts';
import type { RecipePath } from '../mapping/rule-definition.ts';
import type { FieldKind, FieldSchema, ObjectSchema } from '../model/field-schema.ts';
import type { CampaignActivityRecipe } from './campaign-activity.ts';

/** Objects that a recipe writes to, as the org describes them today; undefined for one that it does not have. */
export type ActivitySchemas = ReadonlyMap<string, ObjectSchema | undefined>;

/** What one of the recipe's fields must be. */
interface Wanted {
  readonly path: RecipePath;
  readonly object: string;
  readonly field: string;
  readonly kinds: readonly FieldKind[];
  /** Such a field must tell records apart, and hold so many characters. */
  readonly keyLength?: number;
}

/** An event's key: 16 digits of what happened, 32 of the member's hash. */
const EVENT_KEY = 48;
/** A follow-up's: recipe and rule by name, the member's hash. */
const FOLLOW_UP_KEY = 160;
const CAMPAIGN_KEY = 10;

/** Objects whose description a recipe has to be held against. */
export function objectsOf({ to, people, taskKey, campaigns, rules }: CampaignActivityRecipe): string[] {
  const isAboutPeople = to.rollUps !== undefined || rules.length > 0;
  return [
    ...(to.records === undefined ? [] : [to.records.object]),
    ...(taskKey === undefined ? [] : ['Task']),
    ...(campaigns.key === undefined ? [] : ['Campaign']),
    ...(isAboutPeople ? people : []),
  ];
}

/** Every fault of the recipe against the live schemas. */
export function checkCampaignActivity(
  recipe: CampaignActivityRecipe,
  schemas: ActivitySchemas,
): MappingProblem[] {
  const { records } = recipe.to;
  if (records !== undefined && schemas.get(records.object) === undefined) {
    const path = ['to', 'records', 'object'];
    const message = `salesforce has no object ${records.object}, or hides it from the signed-in user`;
    return [{ code: 'BRAKE_FIELD_MISSING', path, message, suggestion: 'Create it, or name another' }];
  }
  return [...keysNeeded(recipe), ...fieldsNeeded(recipe)].flatMap((wanted) => {
    const schema = schemas.get(wanted.object);
    if (schema === undefined) return [];
    const field = schema.fields.get(wanted.field);
    return field === undefined
      ? [missingField(wanted.field, schema, wanted.path)]
      : faultsOf(field, schema, wanted);
  });
}

function keysNeeded({ to: { records }, taskKey, campaigns }: CampaignActivityRecipe): Wanted[] {
  const kinds: FieldKind[] = ['text'];
  const wanted: Wanted[] = [];
  if (records !== undefined) {
    const { object, externalId: field } = records;
    wanted.push({ path: ['to', 'records', 'externalId'], object, field, kinds, keyLength: EVENT_KEY });
  }
  if (taskKey !== undefined) {
    wanted.push({ path: ['taskKey'], object: 'Task', field: taskKey, kinds, keyLength: FOLLOW_UP_KEY });
  }
  if (campaigns.key !== undefined) {
    const path = ['campaigns', 'key'];
    wanted.push({ path, object: 'Campaign', field: campaigns.key, kinds, keyLength: CAMPAIGN_KEY });
  }
  return wanted;
}

const RECORD_KINDS: Readonly<Record<string, readonly FieldKind[]>> = {
  contact: ['id'],
  lead: ['id'],
  campaign: ['id'],
  campaignName: ['text'],
  type: ['text', 'picklist'],
  at: ['datetime'],
  url: ['url', 'text'],
  detail: ['text', 'picklist'],
  machine: ['boolean'],
};

const ROLL_UP_KINDS: Readonly<Record<string, readonly FieldKind[]>> = {
  lastOpen: ['datetime'],
  lastClick: ['datetime'],
  opens: ['number'],
  clicks: ['number'],
  score: ['number'],
};

function fieldsNeeded({ to: { records, rollUps }, people }: CampaignActivityRecipe): Wanted[] {
  const ofRecords = Object.entries(records?.fields ?? {}).map(
    ([name, field]): Wanted => ({
      path: ['to', 'records', 'fields', name],
      object: records?.object ?? '',
      field,
      kinds: RECORD_KINDS[name] ?? [],
    }),
  );
  const ofPeople = Object.entries(rollUps ?? {}).flatMap(([name, field]) =>
    people.map(
      (object): Wanted => ({
        path: ['to', 'rollUps', name],
        object,
        field,
        kinds: ROLL_UP_KINDS[name] ?? [],
      }),
    ),
  );
  return [...ofRecords, ...ofPeople];
}

function faultsOf(
  field: FieldSchema,
  { label }: ObjectSchema,
  { path, kinds, keyLength }: Wanted,
): MappingProblem[] {
  const name = `${label}.${nameAndKind(field)}`;
  if (!kinds.includes(field.kind)) {
    const expected = `a field of kind ${kinds.join(' or ')}`;
    return [{ code: 'RECIPE_INVALID', path, message: `${name} cannot take this`, expected }];
  }
  if (!field.creatable || !field.updatable) {
    return [{ code: 'BRAKE_FIELD_READ_ONLY', path, message: `${name} cannot be written` }];
  }
  if (keyLength === undefined) return [];
  if (!field.unique) {
    const expected = 'a field that is an external id and unique';
    return [{ code: 'RECIPE_INVALID', path, message: `${name} does not tell records apart`, expected }];
  }
  if ((field.maxLength ?? keyLength) < keyLength) {
    const message = `${name} holds ${field.maxLength} characters, and a key takes ${keyLength}`;
    return [{ code: 'BRAKE_FIELD_TOO_SHORT', path, message, suggestion: 'Lengthen the field' }];
  }
  return [];
}
