import { planRun } from '@stackbridge/shared-mappers/sync/plan-run.ts';
import type { ReadyRecipe } from '../commands/ready-recipe.ts';
import type { Session } from '../session.ts';

/** Everybody on both sides, planned once more from a whole read. */
export interface WholeRead {
  readonly recipe: string;
  /** People, each counted once, whether linked, left out or waiting. */
  readonly people: number;
  /** People for whom anything would be written, those aside who wait for a person: nobody, or somebody was lost. */
  readonly unfinished: number;
}

/** Reads both sides whole and plans, writing nothing: what an incremental run may have overlooked would show here. */
export async function readWhole({ job, ports }: ReadyRecipe, { store }: Session): Promise<WholeRead> {
  const waiting = new Set((await store.parked({ recipe: job.recipe })).map(({ subject }) => subject));
  const planned = await planRun(job, ports, { full: true });
  try {
    let people = 0;
    let unfinished = 0;
    for (let position = 0; ; ) {
      const page = await planned.scratch.plans(position, 500);
      const last = page.at(-1);
      if (last === undefined) return { recipe: job.recipe, people, unfinished };
      position = last.position;
      people += page.length;
      unfinished += page.filter(
        ({ plan }) => plan.operations.length > 0 && !waiting.has(plan.subject.key),
      ).length;
    }
  } finally {
    await planned.dispose();
  }
}
