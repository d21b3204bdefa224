import type { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import { schemaMemos } from '@stackbridge/shared-mappers/recipes/schema-cache.ts';
import type { Session } from '../session.ts';
import type { ReadyRecipe } from './ready-recipe.ts';

/** How long values that lost can be put back and runs looked up: 180 days, after which nothing holds personal data. */
export const HISTORY_MS = 180 * 24 * 3_600_000;

/** After a run: old history goes, and schemas that turned out to be out of date are described anew next time. */
export async function tidyUp(
  { recipe }: ReadyRecipe,
  error: StackbridgeError | undefined,
  { store, clock }: Session,
): Promise<void> {
  await store.prune(clock.now() - HISTORY_MS);
  if (error?.code.startsWith('BRAKE_FIELD_') !== true && error?.code !== 'BRAKE_CONSENT_HIDDEN') return;
  for (const memo of Object.values(schemaMemos(recipe))) await store.saveMemo(memo, {});
}
