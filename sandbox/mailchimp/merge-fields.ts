import { z } from 'zod';
import type { Audience } from './audience.ts';
import type { MergeValue } from './member.ts';
import { invalidResource, notFound, unfitResource } from './problem.ts';

export const MERGE_TYPES = [
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

export interface MergeOptions {
  /** Mailchimp's number for a country; 164 is the United States. */
  default_country?: number | undefined;
  /** `US` is checked, `none` and `International` take anything. */
  phone_format?: string | undefined;
  date_format?: string | undefined;
  choices?: string[] | undefined;
  size?: number | undefined;
}

/** One merge field of an audience, in the API's own words. */
export interface MergeField {
  merge_id: number;
  tag: string;
  name: string;
  type: MergeType;
  required: boolean;
  default_value: string;
  public: boolean;
  display_order: number;
  options: MergeOptions;
  help_text: string;
  /** Where its values stand in a member's `merge`. */
  slot: number;
}

/** Merge fields an audience may have outside the Premium plan. */
const MOST_FIELDS = 30;
const TAG = /^[A-Z0-9_]{1,10}$/;

const Options = z.object({
  default_country: z.int().optional(),
  phone_format: z.string().optional(),
  date_format: z.string().optional(),
  choices: z.array(z.string()).optional(),
  size: z.int().optional(),
});

const Common = z.object({
  tag: z.string().optional(),
  name: z.string(),
  required: z.boolean().optional(),
  default_value: z.string().optional(),
  public: z.boolean().optional(),
  display_order: z.int().optional(),
  options: Options.optional(),
  help_text: z.string().optional(),
});

/** Body of `POST /lists/{id}/merge-fields`. */
export const NewMergeField = Common.extend({ type: z.enum(MERGE_TYPES) });
export type NewMergeField = z.infer<typeof NewMergeField>;

/** Body of `PATCH /lists/{id}/merge-fields/{merge_id}`: the type cannot change. */
export const MergeFieldChange = Common;
export type MergeFieldChange = z.infer<typeof MergeFieldChange>;

/** Adds a field. Without a tag it becomes MERGE<id>. @throws Problem when the tag is taken or ill-formed */
export function addMergeField(audience: Audience, wanted: NewMergeField): MergeField {
  if (audience.mergeFields.length >= MOST_FIELDS) {
    throw invalidResource(`You have reached the limit of ${MOST_FIELDS} merge fields for this audience.`);
  }
  const tag = checkedTag(audience, wanted.tag ?? `MERGE${audience.nextMergeId}`);
  const options = { ...defaultOptions(wanted.type), ...checkedOptions(wanted.type, wanted.options) };
  const field: MergeField = {
    merge_id: audience.nextMergeId++,
    tag,
    name: wanted.name,
    type: wanted.type,
    required: wanted.required ?? false,
    default_value: wanted.default_value ?? '',
    public: wanted.public ?? false,
    display_order: wanted.display_order ?? audience.mergeFields.length + 2,
    options,
    help_text: wanted.help_text ?? '',
    slot: audience.nextSlot++,
  };
  audience.mergeFields.push(field);
  settle(audience);
  return field;
}

export function changeMergeField(audience: Audience, id: string, change: MergeFieldChange): MergeField {
  const field = findMergeField(audience, id);
  if (change.tag !== undefined && change.tag !== field.tag) field.tag = checkedTag(audience, change.tag);
  field.name = change.name;
  field.required = change.required ?? field.required;
  field.default_value = change.default_value ?? field.default_value;
  field.public = change.public ?? field.public;
  field.display_order = change.display_order ?? field.display_order;
  field.options = { ...field.options, ...checkedOptions(field.type, change.options ?? field.options) };
  field.help_text = change.help_text ?? field.help_text;
  settle(audience);
  return field;
}

/** Removes a field and what members hold in it. */
export function removeMergeField(audience: Audience, id: string): void {
  const field = findMergeField(audience, id);
  audience.mergeFields.splice(audience.mergeFields.indexOf(field), 1);
  for (const member of audience.members.all()) {
    if (member.merge[field.slot] === undefined) continue;
    const merge: Array<MergeValue | undefined> = [...member.merge];
    merge[field.slot] = undefined;
    member.merge = merge;
  }
  settle(audience);
}

export function findMergeField(audience: Audience, id: string): MergeField {
  const field = audience.mergeFields.find((candidate) => String(candidate.merge_id) === id);
  if (field === undefined) throw notFound();
  return field;
}

/** Members show their fields in display order; the change makes cached layouts and pages stale. */
function settle(audience: Audience): void {
  audience.mergeFields.sort((a, b) => a.display_order - b.display_order || a.merge_id - b.merge_id);
  audience.schemaVersion += 1;
  audience.members.version += 1;
}

function checkedTag(audience: Audience, tag: string): string {
  const upper = tag.toUpperCase();
  if (!TAG.test(upper)) {
    throw unfitResource([
      { field: 'tag', message: 'A merge tag has 1 to 10 characters: A-Z, 0-9 and underscore' },
    ]);
  }
  if (upper === 'EMAIL' || audience.mergeFields.some((field) => field.tag === upper)) {
    throw invalidResource(`A Merge Field with the tag "${upper}" already exists for this list.`);
  }
  return upper;
}

function checkedOptions(type: MergeType, options: MergeOptions | undefined): MergeOptions {
  const isChoice = type === 'dropdown' || type === 'radio';
  if (isChoice && (options?.choices === undefined || options.choices.length === 0)) {
    throw unfitResource([
      { field: 'options.choices', message: 'Required fields were not provided: choices' },
    ]);
  }
  return { ...options };
}

function defaultOptions(type: MergeType): MergeOptions {
  switch (type) {
    case 'text':
    case 'url':
    case 'imageurl':
      return { size: 25 };
    case 'phone':
      return { phone_format: 'none' };
    case 'date':
      return { date_format: 'MM/DD/YYYY' };
    case 'birthday':
      return { date_format: 'MM/DD' };
    case 'address':
      return { default_country: 164 };
    case 'number':
    case 'radio':
    case 'dropdown':
    case 'zip':
      return {};
  }
}
