import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONTACTS_RECIPE } from './recipe.ts';
import { type SimulatedSystems, startSystems } from './simulated-systems.ts';
import { runSync, type SyncRun } from './sync-process.ts';

/** Two systems and a home of their own, removed in the end. */
export interface Stage extends AsyncDisposable {
  readonly folder: string;
  readonly systems: SimulatedSystems;
  /** One sync and how many calls both systems answered for it, describing and signing in included. */
  sync(recipeFile?: string): Promise<SyncRun & { readonly sent: number }>;
}

export interface People {
  /** Plain people, equal in every field where both sides know them. */
  readonly contacts: number;
  /** Absent: both sides know all of them. */
  readonly only?: 'salesforce' | 'mailchimp';
}

/** Starts both systems with people in them and nothing synced yet. */
export async function openStage({ contacts, only }: People): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'stackbridge-bench-'));
  const systems = await startSystems(folder);
  await systems.admin('POST', 'seed', { contacts, exact: true, only });
  await systems.takeCalls();
  return {
    folder,
    systems,
    async sync(recipeFile = CONTACTS_RECIPE) {
      const { connectionsFile } = systems;
      const run = await runSync({ recipeFile, connectionsFile, home: join(folder, 'home') });
      return { ...run, sent: await systems.takeCalls() };
    },
    async [Symbol.asyncDispose]() {
      await systems[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A number is worth nothing when the job was not done. */
export function expectCounts(
  run: SyncRun,
  expected: { readonly unchanged?: number; readonly applied?: number },
): void {
  const { applied, unchanged } = run.counts;
  const { applied: wantedApplied = 0, unchanged: wantedUnchanged = 0 } = expected;
  if (run.exitCode === 0 && applied === wantedApplied && unchanged === wantedUnchanged) return;
  throw new Error(
    `The sync ended with ${run.exitCode} (${run.stoppedBy ?? 'to its end'}) and ${JSON.stringify(run.counts)}; ` +
      `expected: ${wantedApplied} applied, ${wantedUnchanged} unchanged`,
  );
}
