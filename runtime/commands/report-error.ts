import { ERROR_CODES } from '@stackbridge/shared-mappers/errors/codes.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import { printFaults } from '../show/faults.ts';
import type { Terminal } from '../show/terminal.ts';
import { displayName } from '../show/words.ts';
import { EXIT, type ExitCode, exitCodeOf } from './exit-code.ts';
import { RecipeFaults } from './recipe-faults.ts';
import { UsageError } from './usage-error.ts';

/** An error as JSON documents give it. */
export interface ErrorDocument {
  readonly code: string;
  readonly class: string;
  readonly message: string;
  readonly next: string;
}

/** Says what went wrong and what to do next, on stderr and in the JSON document. Returns the exit code. */
export function reportError(error: unknown, terminal: Terminal): ExitCode {
  if (error instanceof RecipeFaults) {
    printFaults(error.problems, terminal);
    terminal.document({ error: errorDocument(error), problems: error.problems });
    return error.areBrakes ? EXIT.brake : EXIT.wrongUse;
  }
  tellError(error, terminal);
  terminal.document({ error: errorDocument(error) });
  return exitCodeOfError(error);
}

export function exitCodeOfError(error: unknown): ExitCode {
  if (error instanceof UsageError) return EXIT.wrongUse;
  return error instanceof StackbridgeError ? exitCodeOf(error.code) : EXIT.bug;
}

/** The same on stderr only, for a run that ended early and has a document of its own. */
export function tellError(error: unknown, terminal: Terminal): void {
  const paint = terminal.paintNote;
  const { code, message, next } = errorDocument(error);
  const system = error instanceof StackbridgeError ? error.context.system : undefined;
  const isNamed = system === undefined || message.toLowerCase().includes(system);
  const where = isNamed ? '' : `${displayName(system)}: `;
  terminal.warn(`${paint.red('error')} ${paint.bold(code)}  ${where}${message}`);
  terminal.warn(`${paint.dim('next')}  ${next}`);
  if (terminal.verbose && error instanceof Error) terminal.warn(paint.dim(traceOf(error)));
}

export function errorDocument(error: unknown): ErrorDocument {
  if (error instanceof StackbridgeError) {
    const { code, message, next } = error;
    return { code, class: error.class, message, next };
  }
  if (error instanceof RecipeFaults) {
    const code = error.areBrakes ? (error.problems[0]?.code ?? 'RECIPE_INVALID') : 'RECIPE_INVALID';
    return {
      code,
      class: ERROR_CODES[code].class,
      message: error.message,
      next: ERROR_CODES[code].next,
    };
  }
  if (error instanceof UsageError) {
    return { code: 'USAGE', class: 'Usage', message: error.message, next: error.next };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'BUG', class: 'Bug', message, next: 'Report it with what `--verbose` prints' };
}

function traceOf(error: Error): string {
  const trace = error.stack ?? error.message;
  return error.cause instanceof Error ? `${trace}\ncaused by ${traceOf(error.cause)}` : trace;
}
