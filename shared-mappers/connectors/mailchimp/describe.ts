import { z } from 'zod';
import { parseBodyAs } from '../../http/json-body.ts';
import type { SystemClient } from '../../http/system-client.ts';
import type { FieldKind, FieldSchema, ObjectSchema } from '../../model/field-schema.ts';
import type { Audience } from './audience.ts';
import { readMergeFields } from './merge-field.ts';

const Category = z.object({ id: z.string(), title: z.string() });
const Categories = z.object({ categories: z.array(Category), total_items: z.number() });
const Interests = z.object({
  interests: z.array(z.object({ id: z.string(), name: z.string() })),
  total_items: z.number(),
});

/** Categories and interests fit one page: an audience has at most 60 interests in all. */
const PAGE_SIZE = 1000;

/** Reads an audience's fields: its own for every member, its merge fields, and one set for each interest category. */
export async function describeMailchimp(client: SystemClient, audience: Audience): Promise<ObjectSchema> {
  const [mergeFields, interests] = await Promise.all([
    readMergeFields(client, audience.id),
    readInterests(client, audience.id),
  ]);
  const fields = new Map<string, FieldSchema>();
  for (const field of [...MEMBER_FIELDS, ...mergeFields, ...interests]) fields.set(field.name, field);
  return { system: 'mailchimp', object: audience.id, label: audience.name, fields };
}

async function readInterests(client: SystemClient, audienceId: string): Promise<FieldSchema[]> {
  const path = `/lists/${encodeURIComponent(audienceId)}/interest-categories`;
  const query = `?count=${PAGE_SIZE}&fields=categories.id,categories.title,total_items`;
  const answer = await client.send({ method: 'GET', path: path + query }, { repeatable: true });
  const { categories } = parseBodyAs(Categories, answer.body, 'mailchimp');
  return Promise.all(categories.map((category) => readCategory(client, path, category)));
}

async function readCategory(
  client: SystemClient,
  categoriesPath: string,
  { id, title }: z.infer<typeof Category>,
): Promise<FieldSchema> {
  const query = `?count=${PAGE_SIZE}&fields=interests.id,interests.name,total_items`;
  const path = `${categoriesPath}/${encodeURIComponent(id)}/interests${query}`;
  const answer = await client.send({ method: 'GET', path }, { repeatable: true });
  const { interests } = parseBodyAs(Interests, answer.body, 'mailchimp');
  return {
    ...writable(`interests.${title}`, title, 'set'),
    path: ['interests'],
    restricted: true,
    setShape: 'flags',
    choices: interests.map(({ name }) => name),
    choiceIds: Object.fromEntries(interests.map((interest) => [interest.name, interest.id])),
  };
}

function writable(name: string, label: string, kind: FieldKind): FieldSchema {
  return {
    name,
    label,
    kind,
    path: [name],
    creatable: true,
    updatable: true,
    required: false,
    unique: false,
    lengthUnit: 'bytes',
    restricted: false,
    empty: '',
  };
}

function readOnly(name: string, label: string, kind: FieldKind): FieldSchema {
  return { ...writable(name, label, kind), creatable: false, updatable: false };
}

const STATUSES = ['subscribed', 'unsubscribed', 'cleaned', 'pending', 'transactional', 'archived'];

/** What every member has, whatever its audience. */
const MEMBER_FIELDS: readonly FieldSchema[] = [
  { ...readOnly('contact_id', 'Contact ID', 'id'), unique: true },
  { ...writable('email_address', 'Email address', 'email'), required: true, unique: true },
  // Consent is no field that a rule may write: it has actions of its own.
  { ...readOnly('status', 'Status', 'status'), restricted: true, choices: STATUSES },
  { ...writable('language', 'Language', 'text') },
  { ...writable('vip', 'VIP', 'boolean') },
  { ...writable('email_type', 'Email format', 'picklist'), restricted: true, choices: ['html', 'text'] },
  { ...writable('tags', 'Tags', 'set'), setShape: 'names' },
  readOnly('unsubscribe_reason', 'Unsubscribe reason', 'text'),
  readOnly('timestamp_signup', 'Signed up at', 'datetime'),
  readOnly('timestamp_opt', 'Opted in at', 'datetime'),
  readOnly('member_rating', 'Contact rating', 'number'),
  readOnly('source', 'Source', 'text'),
];
