import { idSince, type RecipeWatch } from '../records/recipe-watch.ts';
import type { DeliveredItem } from './shown-for.ts';

/** People who are as they were when the recipe was edited, as Zapier has not seen them. */
export function itemsSince(watch: RecipeWatch, items: readonly DeliveredItem[]): DeliveredItem[] {
  return items.map((item) => ({ ...item, id: idSince(watch, item.id, Date.parse(item.modifiedAt)) }));
}
