import type { ObjectSchema } from './object-schema.ts';

/** Fields of a child that no parent can be asked for its children by. */
const NAMELESS = /^(?:MasterRecordId|Converted\w+|OwnerId|CreatedById|LastModifiedById)$/;

/** What a parent's query calls its children by one of their references: `Contacts`, `Payments__r`; null for none. */
export function childRelationshipName(child: ObjectSchema, reference: string): string | null {
  if (NAMELESS.test(reference)) return null;
  const plural = child.labelPlural.replaceAll(' ', '');
  return child.custom ? `${plural}__r` : plural;
}
