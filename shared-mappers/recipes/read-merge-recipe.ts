import { type Guide, guideTo } from './known-keys.ts';
import { type MergeRecipe, mergeRecords } from './merge-records.ts';
import { type Reading, readAs } from './read-as.ts';

let guide: Guide | undefined;

/** Every fault at once, with its place in the text. */
export function readMergeRecipe(text: string, file: string): Reading<MergeRecipe> {
  guide ??= guideTo(mergeRecords);
  return readAs(mergeRecords, guide, text, file, 'recipe: merge-records/v1');
}
