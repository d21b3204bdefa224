import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import { decisionsOf } from '../commands/conflict-decisions.ts';
import type { ReadyRecipe } from '../commands/ready-recipe.ts';
import { syncRecipe } from '../commands/sync-recipe.ts';
import type { Session } from '../session.ts';
import type { Terminal } from '../show/terminal.ts';

/** A conflict that was decided, and the value both sides hold now. */
export interface DecidedConflict {
  readonly row: Parked;
  readonly values: readonly { readonly field: string; readonly value: string | undefined }[];
}

/** Decides one of the conflicts as a person at the command would: Salesforce's value is kept. */
export async function decideOne(
  parked: readonly Parked[],
  recipes: readonly ReadyRecipe[],
  session: Session,
  terminal: Terminal,
): Promise<DecidedConflict | undefined> {
  const { store, clock } = session;
  const row = parked.find(({ code }) => code === 'CLOCKS_TOO_CLOSE' || code === 'BOTH_CHANGED');
  const ready = recipes.find(({ job }) => job.recipe === row?.recipe);
  if (row === undefined || ready === undefined) return undefined;
  for (const decision of decisionsOf(row, { keep: 'salesforce' }, ready.job.map, clock.now())) {
    await store.decide(decision);
  }
  const only = { left: [row.leftId ?? ''], right: [row.rightId ?? ''] };
  const { summary } = await syncRecipe(ready, session, terminal, { only });
  const written = await store.audit({ runId: summary.runId });
  return { row, values: written.map(({ field, after }) => ({ field, value: after })) };
}
