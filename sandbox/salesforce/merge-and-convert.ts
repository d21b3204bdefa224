import { z } from 'zod';
import { existing, markDeleted, writeRow } from './dml.ts';
import type { Org } from './org.ts';
import { toId18 } from './record-id.ts';
import type { Row, Values } from './row.ts';
import type { ObjectSchema } from './schema/object-schema.ts';

/** Vendor limit: a merge takes one winner and up to two others. */
export const MergeRequest = z.strictObject({
  winner: z.string(),
  losers: z.array(z.string()).min(1).max(2),
  /** Values that the person picks for the winner. */
  values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
});
export type MergeRequest = z.infer<typeof MergeRequest>;

export const ConvertRequest = z.strictObject({
  lead: z.string(),
  /** Existing contact to convert into. Default: a new one. */
  contact: z.string().optional(),
});
export type ConvertRequest = z.infer<typeof ConvertRequest>;

/** Merges records as a person does: what belonged to the losers moves, they go to the bin pointing at the winner. */
export function mergeRecords(org: Org, { winner, losers, values = {} }: MergeRequest): void {
  const { object, row } = found(org, winner);
  for (const id of losers) {
    const loser = existing(org, object, id);
    moveChildren(org, object, loser, row);
    markDeleted(org, object, loser, { MasterRecordId: row.Id }, org.adminUserId);
  }
  writeRow(org, object.name, row, values, org.adminUserId);
}

/** Converts a lead into a contact of an account; the lead stays, read-only, pointing at both. */
export function convertLead(org: Org, request: ConvertRequest): { contactId: string; accountId: string } {
  const { object, row: lead } = found(org, request.lead);
  if (object.name !== 'Lead' || lead.IsConverted === true)
    throw new RangeError(`Not an open lead: ${request.lead}`);
  const contact = request.contact === undefined ? undefined : found(org, request.contact).row;
  const accountId = accountFor(org, lead, contact);
  const target =
    contact ?? org.store('Contact').insert(contactValues(org, lead, accountId), org.stamp(), org.adminUserId);
  moveChildren(org, object, lead, target);
  const converted: Values = {
    IsConverted: true,
    ConvertedDate: new Date(org.stamp()).toISOString().slice(0, 10),
    ConvertedAccountId: accountId,
    ConvertedContactId: target.Id,
    Status: 'Closed - Converted',
  };
  writeRow(org, 'Lead', lead, converted, org.adminUserId);
  return { contactId: target.Id, accountId };
}

function found(org: Org, id: string): { object: ObjectSchema; row: Row } {
  const hit = org.findById(toId18(id) ?? '');
  if (hit === undefined || hit.row.IsDeleted) throw new RangeError(`No such record: ${id}`);
  return hit;
}

/** Points every record that refers to one row at another. */
function moveChildren(org: Org, object: ObjectSchema, from: Row, to: Row): void {
  const target = org.schema.findByPrefix(to.Id.slice(0, 3));
  for (const child of org.schema.objects()) {
    for (const field of child.fields.values()) {
      const isLink =
        field.type === 'reference' && field.createable && field.referenceTo.includes(object.name);
      if (!isLink) continue;
      // A converted lead's memberships change from its column to the contact's.
      const column =
        target === undefined || field.referenceTo.includes(target.name) ? field.name : 'ContactId';
      for (const row of [...org.store(child.name).having(field.name, from.Id)]) {
        if (row.IsDeleted) continue;
        const values = column === field.name ? { [column]: to.Id } : { [field.name]: null, [column]: to.Id };
        writeRow(org, child.name, row, values, org.adminUserId);
      }
    }
  }
}

function accountFor(org: Org, lead: Row, contact: Row | undefined): string {
  if (typeof contact?.AccountId === 'string') return contact.AccountId;
  const accounts = org.store('Account');
  for (const account of accounts.rows()) {
    if (!account.IsDeleted && account.Name === lead.Company) return account.Id;
  }
  const values: Values = { Name: lead.Company ?? 'Unknown', OwnerId: lead.OwnerId ?? org.adminUserId };
  return accounts.insert(values, org.stamp(), org.adminUserId).Id;
}

const ADDRESS_PARTS = ['Street', 'City', 'State', 'PostalCode', 'Country'];

/** Same-named fields carry over, the address as mailing address; keys of the sync stay unique to the lead. */
function contactValues(org: Org, lead: Row, accountId: string): Values {
  const contact = org.schema.get('Contact');
  const values: Values = { AccountId: accountId };
  for (const field of contact.fields.values()) {
    const value = lead[field.name];
    const isKey = field.unique || field.externalId;
    if (field.createable && !isKey && value !== undefined && value !== null) values[field.name] = value;
  }
  for (const part of ADDRESS_PARTS) {
    const value = lead[part];
    if (value !== undefined && value !== null) values[`Mailing${part}`] = value;
  }
  return values;
}
