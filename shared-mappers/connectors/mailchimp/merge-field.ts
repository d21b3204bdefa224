import { z } from 'zod';
import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import { parseBodyAs } from '../../http/json-body.ts';
import type { SystemClient } from '../../http/system-client.ts';
import type { FieldKind, FieldSchema } from '../../model/field-schema.ts';

const MERGE_TYPES = [
  'text',
  'number',
  'address',
  'phone',
  'date',
  'url',
  'imageurl',
  'radio',
  'dropdown',
  'birthday',
  'zip',
] as const;
export type MergeType = (typeof MERGE_TYPES)[number];

/** A custom field of an audience, as the API shows it. */
const MergeField = z.object({
  tag: z.string(),
  name: z.string(),
  type: z.string(),
  options: z.object({ phone_format: z.string().nullish(), choices: z.array(z.string()).nullish() }).nullish(),
});
type MergeField = z.infer<typeof MergeField>;
const MergeFields = z.object({ merge_fields: z.array(MergeField), total_items: z.number() });

export interface NewMergeField {
  /** 1 to 10 characters of `A-Z`, `0-9`, `_`. */
  readonly tag: string;
  /** What people see; up to 50 characters. */
  readonly name: string;
  readonly type: MergeType;
  /** Shown on sign-up forms; default false. */
  readonly public?: boolean;
  /** For `dropdown` and `radio`. */
  readonly choices?: readonly string[];
}

const KINDS: Readonly<Record<string, FieldKind>> = {
  number: 'number',
  address: 'address',
  phone: 'phone',
  date: 'date',
  birthday: 'birthday',
  url: 'url',
  imageurl: 'url',
  radio: 'picklist',
  dropdown: 'picklist',
};

/** Merge fields hold up to 255 bytes. */
const MAX_BYTES = 255;
const PAGE_SIZE = 1000;
const FIELDS = 'tag,name,type,options.phone_format,options.choices'.split(',');

export async function readMergeFields(client: SystemClient, audienceId: string): Promise<FieldSchema[]> {
  const found: FieldSchema[] = [];
  for (;;) {
    const fields = [...FIELDS.map((field) => `merge_fields.${field}`), 'total_items'].join();
    const path = `${pathOf(audienceId)}?count=${PAGE_SIZE}&offset=${found.length}&fields=${fields}`;
    const answer = await client.send({ method: 'GET', path }, { repeatable: true });
    const { merge_fields, total_items } = parseBodyAs(MergeFields, answer.body, 'mailchimp');
    found.push(...merge_fields.map(toFieldSchema));
    if (merge_fields.length === 0 || found.length >= total_items) return found;
  }
}

/**
 * Adds a merge field, or gives the one that has the tag already.
 *
 * @throws StackbridgeError `REJECTED` where the audience has no room (30 fields, 80 on the Premium plan), and for a
 * field of that tag but of another type
 */
export async function createMergeField(
  client: SystemClient,
  audienceId: string,
  { choices, ...field }: NewMergeField,
): Promise<FieldSchema> {
  const body = JSON.stringify({
    public: false,
    ...field,
    ...(choices === undefined ? {} : { options: { choices } }),
  });
  try {
    const headers = { 'content-type': 'application/json' };
    const request = { method: 'POST', path: pathOf(audienceId), headers, body } as const;
    // A second field of the same tag is refused: a repeat does no harm.
    const answer = await client.send(request, { repeatable: true });
    return toFieldSchema(parseBodyAs(MergeField, answer.body, 'mailchimp'));
  } catch (error) {
    if (!(error instanceof StackbridgeError) || error.class !== 'Rejected') throw error;
    const existing = (await readMergeFields(client, audienceId)).find(({ name }) => name === field.tag);
    if (existing === undefined || existing.kind !== (KINDS[field.type] ?? 'text')) throw error;
    return existing;
  }
}

function pathOf(audienceId: string): string {
  return `/lists/${encodeURIComponent(audienceId)}/merge-fields`;
}

function toFieldSchema(field: MergeField): FieldSchema {
  const { tag, name, type, options } = field;
  const kind = KINDS[type] ?? 'text';
  const path = ['merge_fields', tag];
  return {
    name: tag,
    label: name,
    kind,
    path,
    creatable: true,
    updatable: true,
    // "Required" is a rule of sign-up forms: writes ask the API to leave it aside, see write.ts.
    required: false,
    unique: false,
    lengthUnit: 'bytes',
    restricted: kind === 'picklist',
    empty: '',
    ...(kind === 'text' || kind === 'url' || kind === 'phone' ? { maxLength: MAX_BYTES } : {}),
    ...(kind === 'picklist' ? { choices: options?.choices ?? [] } : {}),
    ...(kind === 'phone'
      ? { phoneFormat: options?.phone_format === 'US' ? ('us' as const) : ('international' as const) }
      : {}),
    ...(kind === 'address' ? addressParts(path) : {}),
  };
}

/** An address without one of the required parts is refused: "Please enter a complete address". */
function addressParts(path: readonly string[]): Pick<FieldSchema, 'parts' | 'requiredParts'> {
  return {
    parts: {
      street: [...path, 'addr1'],
      street2: [...path, 'addr2'],
      city: [...path, 'city'],
      state: [...path, 'state'],
      postalCode: [...path, 'zip'],
      country: [...path, 'country'],
    },
    requiredParts: ['street', 'city', 'state', 'postalCode'],
  };
}
