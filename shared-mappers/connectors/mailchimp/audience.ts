import { z } from 'zod';
import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import { parseBodyAs } from '../../http/json-body.ts';
import type { SystemClient } from '../../http/system-client.ts';

/** One audience; `list` in the API. */
export interface Audience {
  readonly id: string;
  readonly name: string;
  /** Members, archived and pending ones left out. Mailchimp counts late: good for estimates only. */
  readonly members: number | undefined;
}

const count = z.number().default(0);
const Listed = z.object({
  id: z.string(),
  name: z.string(),
  stats: z.object({ member_count: count, unsubscribe_count: count, cleaned_count: count }).optional(),
});
const Lists = z.object({ lists: z.array(Listed), total_items: z.number() });

const PAGE_SIZE = 1000;
const FIELDS = [
  'lists.id',
  'lists.name',
  'lists.stats.member_count',
  'lists.stats.unsubscribe_count',
  'lists.stats.cleaned_count',
  'total_items',
].join();

/**
 * Finds an audience by its id, else by its name.
 *
 * @throws StackbridgeError `RECIPE_INVALID` when there is none, or when several share the name
 */
export async function findAudience(client: SystemClient, nameOrId: string): Promise<Audience> {
  const audiences = await listAudiences(client);
  const byId = audiences.find((audience) => audience.id === nameOrId);
  if (byId !== undefined) return byId;
  const [named, ...others] = audiences.filter((audience) => audience.name.trim() === nameOrId.trim());
  if (named === undefined) {
    const known = audiences.map(({ name }) => `"${name}"`).join(', ');
    throw invalid(`Mailchimp has no audience "${nameOrId}"; it has ${known || 'none at all'}`);
  }
  if (others.length > 0) {
    const ids = [named, ...others].map(({ id }) => id).join(', ');
    throw invalid(`Several audiences are called "${nameOrId}": name one by its id (${ids})`);
  }
  return named;
}

/** Every audience of the account. */
export async function listAudiences(client: SystemClient): Promise<Audience[]> {
  const found: Audience[] = [];
  for (;;) {
    const path = `/lists?count=${PAGE_SIZE}&offset=${found.length}&fields=${FIELDS}`;
    const answer = await client.send({ method: 'GET', path }, { repeatable: true });
    const { lists, total_items } = parseBodyAs(Lists, answer.body, 'mailchimp');
    found.push(...lists.map(toAudience));
    if (lists.length === 0 || found.length >= total_items) return found;
  }
}

function toAudience({ id, name, stats }: z.infer<typeof Listed>): Audience {
  const members = stats && stats.member_count + stats.unsubscribe_count + stats.cleaned_count;
  return { id, name, members };
}

function invalid(message: string): StackbridgeError {
  return new StackbridgeError('RECIPE_INVALID', message, { system: 'mailchimp' });
}
