import { z } from 'zod';
import type { AccountsContact } from '../../ports/accounting-target.ts';

/** A contact as listings have it. */
export const ContactRow = z.object({
  ContactID: z.string(),
  Name: z.string().nullish(),
  ContactNumber: z.string().nullish(),
  ContactStatus: z.string().nullish(),
  // Told only where a page is asked for, or one contact.
  MergedToContactID: z.string().nullish(),
});
export type ContactRow = z.infer<typeof ContactRow>;

/**
 * Contacts under the names and numbers that they were found by. One that was merged is archived, and its documents are
 * another's: it stands for that one.
 *
 * @param known rows that need not be asked for
 * @param ask for contacts by id
 */
export async function contactsOf(
  rows: readonly ContactRow[],
  known: readonly ContactRow[],
  ask: (ids: readonly string[]) => Promise<readonly ContactRow[]>,
): Promise<AccountsContact[]> {
  const byId = new Map([...known, ...rows].map((row) => [row.ContactID, row]));
  for (;;) {
    const ends = rows.flatMap((row) => endOf(row, byId).MergedToContactID ?? []);
    const missing = [...new Set(ends)].filter((id) => !byId.has(id));
    if (missing.length === 0) break;
    for (const row of await ask(missing)) byId.set(row.ContactID, row);
    if (!missing.some((id) => byId.has(id))) break;
  }
  return rows.map((row) => contactOf(row, endOf(row, byId)));
}

/** @param end the one that it was merged into. Default: itself */
export function contactOf(row: ContactRow, end: ContactRow = row): AccountsContact {
  return {
    id: end.ContactID,
    name: row.Name ?? '',
    number: row.ContactNumber ?? '',
    active: (end.ContactStatus ?? 'ACTIVE') === 'ACTIVE',
    ...(end === row ? {} : { merged: true as const }),
  };
}

/** The last one known of those that a contact was merged into, each into the next. */
function endOf(row: ContactRow, byId: ReadonlyMap<string, ContactRow>): ContactRow {
  const passed = new Set<string>();
  let end = row;
  for (;;) {
    passed.add(end.ContactID);
    const next = byId.get(end.MergedToContactID ?? '');
    if (next === undefined || passed.has(next.ContactID)) return end;
    end = next;
  }
}
