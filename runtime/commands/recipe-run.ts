import type { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { RunSummary } from '@stackbridge/shared-mappers/model/run-summary.ts';
import type { RunDocument } from '../show/run-as-json.ts';
import { EXIT, type ExitCode, exitCodeOf } from './exit-code.ts';

/** What one recipe's run came to. */
export interface RecipeRun {
  readonly summary: RunSummary;
  readonly document: RunDocument;
  readonly exitCode: ExitCode;
  readonly error?: StackbridgeError;
}

interface Ended {
  readonly dryRun: boolean;
  /** What ended it early. */
  readonly error: StackbridgeError | undefined;
}

export function recipeRun(summary: RunSummary, document: RunDocument, { dryRun, error }: Ended): RecipeRun {
  if (error !== undefined) return { summary, document, exitCode: exitCodeOf(error.code), error };
  const { conflicts, failed } = summary.counts;
  const isLeft = conflicts + failed > 0 && !dryRun;
  return { summary, document, exitCode: isLeft ? EXIT.someLeft : EXIT.done };
}
