import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AuditEntry } from '@stackbridge/shared-mappers/model/audit.ts';
import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import { type PlannedRun, planRun } from '@stackbridge/shared-mappers/sync/plan-run.ts';
import { stringify } from 'yaml';
import { EXIT, type ExitCode, gravest } from '../commands/exit-code.ts';
import { type ReadyRecipe, readyRecipes } from '../commands/ready-recipe.ts';
import type { RecipeRun } from '../commands/recipe-run.ts';
import { syncRecipe } from '../commands/sync-recipe.ts';
import { UsageError } from '../commands/usage-error.ts';
import { openSession, type Session } from '../session.ts';
import { showProgress } from '../show/progress.ts';
import { muted, type Terminal } from '../show/terminal.ts';
import { type AdminClient, createAdminClient } from './admin-client.ts';
import { type BilledMilestone, billMilestone } from './bill-milestone.ts';
import { type Comparison, compareSystems } from './compare.ts';
import { decideOne } from './decide-one.ts';
import { demoAsJson } from './demo-as-json.ts';
import { readWhole, type WholeRead } from './read-whole.ts';
import { startSandboxProcess } from './sandbox-process.ts';
import {
  tellChaos,
  tellComparison,
  tellDay,
  tellDecision,
  tellDecisions,
  tellIdle,
  tellPreview,
  tellSync,
} from './story.ts';

const RECIPES = ['contacts', 'leads'].map((name) =>
  fileURLToPath(new URL(`../../recipes/${name}.yaml`, import.meta.url)),
);

export interface DemoOptions {
  readonly contacts: number;
  readonly seed: number;
  /** Folder that keeps the demo's home; default a temporary one that is removed. */
  readonly keep?: string | undefined;
}

/** What the demo came to. */
export interface DemoResult {
  /** One per recipe, then each again. */
  readonly runs: readonly RecipeRun[];
  /** The runs after a day of people's edits. */
  readonly dayRuns: readonly RecipeRun[];
  readonly comparisons: readonly Comparison[];
  readonly wholeReads: readonly WholeRead[];
  readonly conflicts: readonly Parked[];
  readonly failures: readonly Parked[];
  readonly equal: boolean;
  readonly billing: BilledMilestone;
}

/** One in so many people has something happen to them in the demo's day. */
const QUIET_PEOPLE = 10;

/**
 * Two systems full of messy people, synced, lived in for a day, synced again, and laid side by side.
 * Everything goes over HTTP to a sandbox in a process of its own.
 */
export async function runDemo(options: DemoOptions, terminal: Terminal): Promise<ExitCode> {
  await using cleanup = new AsyncDisposableStack();
  if (options.keep !== undefined) await refuseUsed(options.keep);
  terminal.note('Starting a Salesforce, a Mailchimp, a Zoho and a Xero of our own …');
  const sandbox = await startSandboxProcess(options.seed);
  cleanup.defer(() => sandbox.close());
  const home =
    options.keep === undefined ? await mkdtemp(join(tmpdir(), 'stackbridge-demo-')) : resolve(options.keep);
  if (options.keep === undefined) cleanup.defer(() => rm(home, { recursive: true, force: true }));
  const connectionsFile = join(home, 'connections.yaml');
  const session = cleanup.use(await openSession({ home, connectionsFile, terminal }));
  await writeFile(connectionsFile, stringify(sandbox.connections), { mode: 0o600 });

  const result = await play(options, createAdminClient(sandbox.adminUrl), session, terminal);
  terminal.document(demoAsJson(result));
  if (options.keep !== undefined)
    terminal.note(`The sync state stays in ${home}: stackbridge status --home ${home}`);
  return exitCodeOf(result);
}

/** Links of another demo's people would mean nothing to this one's. */
async function refuseUsed(folder: string): Promise<void> {
  const inside = await readdir(folder).catch(() => []);
  if (inside.length > 0) throw new UsageError(`${folder} is not empty`, 'Name a new folder after --keep');
}

async function play(
  { contacts, seed }: DemoOptions,
  admin: AdminClient,
  session: Session,
  terminal: Terminal,
): Promise<DemoResult> {
  const { store } = session;
  tellChaos(await admin.seed({ seed, contacts }), terminal);

  const recipes = await readyRecipes(RECIPES, session, 'run');
  await preview(recipes, session, terminal);
  // Two systems that have never met disagree in far more places than a day's work would change: the brake on
  // overwritten values would rightly stop this once.
  const first = await syncAll(recipes, session, terminal, ['overwrites']);
  tellSync('The first sync', first, terminal);

  const day = await admin.live({ seed: seed + 1, edits: Math.ceil(contacts / QUIET_PEOPLE) });
  tellDay(day, terminal);
  // A tenth of everybody in one day is above the brake, too: the demo's people are busier than real ones.
  const dayRuns = await syncAll(recipes, session, terminal, ['overwrites', 'deletes']);
  tellSync('The sync after that day', dayRuns, terminal);
  const written = await auditOf(dayRuns, session);
  const parked = await store.parked({});
  tellDecisions(written, parked, terminal);
  tellDecision(await decideOne(parked, recipes, session, muted(terminal)), terminal);

  const again = await syncAll(recipes, session, terminal, []);
  tellIdle(again, terminal);
  const comparisons: Comparison[] = [];
  const wholeReads: WholeRead[] = [];
  for (const recipe of recipes) {
    comparisons.push(await compareSystems(recipe, store, admin));
    wholeReads.push(await readWhole(recipe, session));
  }
  const left = await store.parked({});
  const contactsResult = {
    runs: [...first, ...again],
    dayRuns,
    comparisons,
    wholeReads,
    conflicts: left.filter(({ kind }) => kind === 'conflict'),
    failures: left.filter(({ kind }) => kind === 'failure'),
    equal:
      comparisons.every(({ differences }) => differences.length === 0) &&
      wholeReads.every(({ unfinished }) => unfinished === 0),
  };
  tellComparison(contactsResult, terminal);
  return { ...contactsResult, billing: await billMilestone(admin, session, terminal) };
}

/** Plans each recipe as `stackbridge plan` would. */
async function preview(recipes: readonly ReadyRecipe[], session: Session, terminal: Terminal): Promise<void> {
  const plans: PlannedRun[] = [];
  {
    using _progress = showProgress(session.meter, muted(terminal));
    for (const { job, ports } of recipes) plans.push(await planRun(job, ports));
  }
  tellPreview(plans, terminal);
  for (const plan of plans) await plan.dispose();
}

async function syncAll(
  recipes: readonly ReadyRecipe[],
  session: Session,
  terminal: Terminal,
  allow: readonly ('overwrites' | 'deletes')[],
): Promise<RecipeRun[]> {
  const runs: RecipeRun[] = [];
  for (const recipe of recipes) {
    const run = await syncRecipe(recipe, session, muted(terminal), { allow });
    // Conflicts and failures are part of the story; a run that did not get through ends it.
    if (run.error !== undefined) throw run.error;
    runs.push(run);
  }
  return runs;
}

async function auditOf(runs: readonly RecipeRun[], { store }: Session): Promise<AuditEntry[]> {
  const entries = runs.map(({ summary }) => store.audit({ runId: summary.runId, limit: 100_000 }));
  return (await Promise.all(entries)).flat();
}

function exitCodeOf({ equal, runs, billing }: DemoResult): ExitCode {
  const again = runs.slice(runs.length / 2);
  const wrote = again.some(({ summary }) => Object.values(summary.writes).some((n) => n > 0));
  return gravest([equal && !wrote && billing.toTheCent ? EXIT.done : EXIT.someLeft]);
}
