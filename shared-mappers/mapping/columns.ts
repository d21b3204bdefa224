import type { FieldSchema } from '../model/field-schema.ts';

/** The vendor's columns that a field is read from, dotted where they are nested: `merge_fields.FNAME`, `MailingCity`. */
export function columnsOf(field: FieldSchema): readonly string[] {
  // Each flag by itself: a choice that was taken away is then missed, instead of read as chosen by nobody.
  const flags = field.setShape === 'flags' ? Object.values(field.choiceIds ?? {}) : [];
  if (flags.length > 0) return flags.map((id) => [...field.path, id].join('.'));
  const parts = Object.values(field.parts ?? {});
  if (parts.length === 0 || partsAreNested(field)) return [field.path.join('.')];
  return parts.map((path) => path.join('.'));
}

/** Whether the parts of an address stand inside one object at the field's own path. */
export function partsAreNested(field: FieldSchema): boolean {
  const depth = field.path.length;
  return Object.values(field.parts ?? {}).every(
    (path) => path.length > depth && field.path.every((key, at) => path[at] === key),
  );
}
