import type { ListedRecord } from '@stackbridge/shared-mappers/ports/billing-source.ts';

/** Zapier shows a Zap each id once. @param again whether a record that changes is another item */
export function idOfChange({ id, modifiedAt }: ListedRecord, again: boolean): string {
  return again && modifiedAt !== undefined ? `${id}-${modifiedAt}` : id;
}
