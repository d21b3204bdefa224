import type { ListedRecord } from '@stackbridge/shared-mappers/ports/billing-source.ts';
import { idSince, type RecipeWatch } from './recipe-watch.ts';

/**
 * Zapier shows a Zap each id once.
 *
 * @param again whether a record that changes is another item
 * @param watch of the recipe: its edit makes other items of all records
 */
export function idOfChange({ id, modifiedAt }: ListedRecord, again: boolean, watch: RecipeWatch): string {
  return again && modifiedAt !== undefined
    ? idSince(watch, `${id}-${modifiedAt}`, modifiedAt)
    : idSince(watch, id);
}
