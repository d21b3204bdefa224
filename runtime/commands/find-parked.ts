import { toLongId } from '@stackbridge/shared-mappers/connectors/salesforce/identity.ts';
import { fingerprint } from '@stackbridge/shared-mappers/model/fingerprint.ts';
import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import type { Session } from '../session.ts';
import { UsageError } from './usage-error.ts';

export interface ParkedFilter {
  readonly kinds: readonly Parked['kind'][];
  /** Recipe name. */
  readonly recipe?: string | undefined;
}

/** What is parked, oldest first. */
export async function parkedRows(filter: ParkedFilter, { store }: Pick<Session, 'store'>): Promise<Parked[]> {
  const { kinds, recipe } = filter;
  const rows = await store.parked(recipe === undefined ? {} : { recipe });
  return rows.filter(({ kind }) => kinds.includes(kind));
}

/**
 * The rows of a person, by the key that lists show, the id of either record (Salesforce's in 15 or 18 characters), or
 * the email address it was parked under.
 *
 * @throws UsageError when nothing is parked for the key
 */
export async function parkedOf(
  key: string,
  filter: ParkedFilter,
  session: Pick<Session, 'store' | 'key'>,
): Promise<Parked[]> {
  // Zoho's ids may have the length of Salesforce's short ones: the key counts as it is typed, too.
  const ids = [key, toLongId(key) ?? key];
  const keyHash = key.includes('@') ? fingerprint(session.key, key.trim().toLowerCase()) : undefined;
  const rows = (await parkedRows(filter, session)).filter(
    (row) =>
      [row.subject, row.leftId, row.rightId].some((id) => id !== undefined && ids.includes(id)) ||
      row.keyHash === keyHash,
  );
  if (rows.length > 0) return rows;
  const what = filter.kinds.includes('conflict') ? 'conflicts' : 'failures';
  throw new UsageError(`No ${what} wait for ${key}`, `List them with \`stackbridge ${what} list\``);
}

/** The same where one is wanted. @throws UsageError when several recipes have parked the person */
export async function oneParkedOf(
  key: string,
  filter: ParkedFilter,
  session: Pick<Session, 'store' | 'key'>,
): Promise<Parked> {
  const rows = await parkedOf(key, filter, session);
  const [row] = rows;
  if (row !== undefined && rows.length === 1) return row;
  const recipes = [...new Set(rows.map(({ recipe }) => recipe))];
  throw new UsageError(
    `${key} stands for ${rows.length} entries`,
    recipes.length > 1
      ? `Say which with --recipe, one of ${recipes.join(', ')}`
      : `Name one by its key: ${rows.map(({ subject }) => subject).join(', ')}`,
  );
}
