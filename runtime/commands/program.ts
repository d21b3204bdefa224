import { Command, CommanderError } from 'commander';
import { openTerminal } from '../show/terminal.ts';
import { addAccountsCommand } from './accounts.ts';
import { addGlobalOptions } from './act.ts';
import { addCheckCommand } from './check.ts';
import { addConflictsCommand } from './conflicts.ts';
import { addConnectCommand } from './connect-all.ts';
import { addConnectionsCommand } from './connections.ts';
import { addDemoCommand } from './demo.ts';
import { EXIT } from './exit-code.ts';
import { addFailuresCommand } from './failures.ts';
import { addHistoryCommand } from './history.ts';
import { addPlanCommand } from './plan.ts';
import { reportError } from './report-error.ts';
import { addSandboxCommand } from './sandbox.ts';
import { addScenariosCommand } from './scenarios.ts';
import { addStatusCommand } from './status.ts';
import { addSyncCommand } from './sync.ts';

/** The command line of `stackbridge`. */
function createProgram(): Command {
  const program = new Command('stackbridge');
  program
    .description('Keeps Salesforce and Mailchimp in step, both ways; bills from Zoho Projects to Xero')
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('Add --help for the options and examples')
    .exitOverride();
  addGlobalOptions(program);
  addDemoCommand(program);
  addSandboxCommand(program);
  addConnectCommand(program);
  addConnectionsCommand(program);
  addCheckCommand(program);
  addPlanCommand(program);
  addSyncCommand(program);
  addAccountsCommand(program);
  addStatusCommand(program);
  addFailuresCommand(program);
  addConflictsCommand(program);
  addHistoryCommand(program);
  addScenariosCommand(program);
  return program;
}

/** Runs one command line (without `node` and the script) and leaves its exit code for the process to end with. */
export async function runCommandLine(args: readonly string[]): Promise<void> {
  const json = args.includes('--json');
  try {
    await createProgram().parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      const terminal = openTerminal({ json, quiet: false, verbose: args.includes('--verbose'), color: true });
      process.exitCode = reportError(error, terminal);
      return;
    }
    // Commander has told people already, on stderr.
    process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.wrongUse;
    if (json && error.exitCode !== 0) {
      const message = error.message.replace(/^error: /, '');
      const next = 'Add --help for the options and examples';
      process.stdout.write(
        `${JSON.stringify({ error: { code: 'USAGE', class: 'Usage', message, next } })}\n`,
      );
    }
  }
}
