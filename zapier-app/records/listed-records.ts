import type { ListedRecord } from '@stackbridge/shared-mappers/ports/billing-source.ts';

/** As Zapier wants a polled list. */
export function newestFirst<Listed extends ListedRecord>(listed: readonly Listed[]): Listed[] {
  return listed.toReversed().toSorted((a, b) => (b.modifiedAt ?? 0) - (a.modifiedAt ?? 0));
}

/** Zapier shows a Zap each id once. @param again whether a record that changes is another item */
export function idOfChange({ id, modifiedAt }: ListedRecord, again: boolean): string {
  return again && modifiedAt !== undefined ? `${id}-${modifiedAt}` : id;
}
