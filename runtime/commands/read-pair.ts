import type { SourceRecord } from '@stackbridge/shared-mappers/model/record.ts';
import type { ReadyRecipe } from './ready-recipe.ts';

/** Both records of a person as they are now. */
export interface Pair {
  readonly left: SourceRecord | undefined;
  readonly right: SourceRecord | undefined;
}

/** Reads them live: values are not kept in the store. */
export async function readPair(
  { leftId, rightId }: { readonly leftId?: string; readonly rightId?: string },
  { ports, job }: ReadyRecipe,
): Promise<Pair> {
  const { columns } = job.map;
  const [lefts, rights] = await Promise.all([
    leftId === undefined ? [] : ports.left.readByIds([leftId], columns.left),
    rightId === undefined ? [] : ports.right.readByIds([rightId], columns.right),
  ]);
  return { left: lefts[0], right: rights[0] };
}
