import type { AuditEntry } from '@stackbridge/shared-mappers/model/audit.ts';
import type { Command } from 'commander';
import { z } from 'zod';
import { openSession } from '../session.ts';
import { auditAsJson, printAudit } from '../show/audit-table.ts';
import { runAsJson } from '../show/run-as-json.ts';
import { printRun } from '../show/run-table.ts';
import { printRuns } from '../show/runs-table.ts';
import { act, optionsOf } from './act.ts';
import { auditOfRecord } from './audit-of-record.ts';
import { EXIT, gravest } from './exit-code.ts';
import { reconcile } from './reconcile.ts';
import { undoDecision } from './undo-decision.ts';
import { UsageError } from './usage-error.ts';
import { wholeNumber } from './whole-number.ts';

const options = z.object({ limit: wholeNumber('--limit', 20), recipeFile: z.string().optional() });

export function addHistoryCommand(program: Command): void {
  const history = program
    .command('history')
    .description('what was done: runs, the writes to a record, and undo of a value that lost')
    .addHelpText(
      'after',
      `
Examples:
  $ stackbridge history list contacts --limit 5
  $ stackbridge history record 003000000000001AAA
  $ stackbridge history run 01K00000000000000000000000
  $ stackbridge history undo 01K00000000000000000000001`,
    );

  history
    .command('list', { isDefault: true })
    .description('runs, newest first')
    .argument('[recipe]', 'name of a recipe')
    .option('--limit <n>', 'how many (default: 20)')
    .action((recipe: string | undefined, _options: unknown, command: Command) =>
      act(command, async ({ terminal, ...where }) => {
        const { limit } = optionsOf(command, options);
        await using session = await openSession({ ...where, terminal });
        const runs = await session.store.runs(recipe === undefined ? { limit } : { recipe, limit });
        terminal.document({ runs: runs.map((run) => runAsJson(run)) });
        if (runs.length === 0) terminal.print('Nothing has been run from this home');
        else printRuns(runs, terminal);
        return EXIT.done;
      }),
    );

  history
    .command('record')
    .description('everything written to a person, newest first')
    .argument('<id>', 'Salesforce id or Mailchimp contact_id')
    .option('--limit <n>', 'how many entries (default: 20)')
    .action((id: string, _options: unknown, command: Command) =>
      act(command, async ({ terminal, ...where }) => {
        const { limit } = optionsOf(command, options);
        await using session = await openSession({ ...where, terminal });
        const entries = await auditOfRecord(id, limit, session.store);
        terminal.document({ entries: entries.map(auditAsJson) });
        if (entries.length === 0) terminal.print(`Nothing was written to ${id} from this home`);
        else printAudit(entries, terminal);
        return EXIT.done;
      }),
    );

  history
    .command('run')
    .description('one run and what it wrote')
    .argument('<run-id>')
    .option('--limit <n>', 'how many entries (default: 20)')
    .action((runId: string, _options: unknown, command: Command) =>
      act(command, async ({ terminal, ...where }) => {
        const { limit } = optionsOf(command, options);
        await using session = await openSession({ ...where, terminal });
        const run = await session.store.run(runId);
        if (run === undefined)
          throw new UsageError(`There is no run ${runId}`, 'List runs with `stackbridge history list`');
        const entries = await session.store.audit({ runId, limit });
        terminal.document({ run: runAsJson(run), entries: entries.map(auditAsJson) });
        printRun(run, {}, terminal);
        if (entries.length > 0) terminal.print();
        printAudit(entries, terminal);
        return EXIT.done;
      }),
    );

  history
    .command('undo')
    .description('put back the value that a write replaced, on both sides')
    .argument('<audit-id>', 'id of the entry, from `history record` or `history run`')
    .option('--recipe-file <file>', 'the recipe, where it is not where it was last run from')
    .action((id: string, _options: unknown, command: Command) =>
      act(command, async ({ terminal, ...where }) => {
        const { recipeFile } = optionsOf(command, options);
        await using session = await openSession({ ...where, terminal });
        const entry = await foundEntry(id, session.store);
        const { decision, person } = await undoDecision(entry, session);
        await session.store.decide(decision);
        const runs = await reconcile([person], recipeFile, session, terminal);
        terminal.document({ undone: auditAsJson(entry), runs: runs.map(({ document }) => document) });
        return gravest(runs.map(({ exitCode }) => exitCode));
      }),
    );
}

async function foundEntry(
  id: string,
  store: { auditEntry(id: string): Promise<AuditEntry | undefined> },
): Promise<AuditEntry> {
  const entry = await store.auditEntry(id);
  if (entry !== undefined) return entry;
  throw new UsageError(`There is no entry ${id}`, 'Entries are listed by `stackbridge history record ID`');
}
