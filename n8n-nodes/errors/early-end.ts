import type { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { RunSummary } from '@stackbridge/shared-mappers/model/run-summary.ts';
import type { IExecuteFunctions } from 'n8n-workflow';
import { nodeError } from './node-error.ts';

/**
 * An execution that ended early fails as a whole only where it has written nothing. What it has written is handed out
 * as ever, the rest with the error, since nobody else remembers it.
 */
export function tellEarlyEnd(
  context: IExecuteFunctions,
  { error, summary }: { readonly error?: StackbridgeError; readonly summary: Pick<RunSummary, 'writes'> },
): void {
  if (error === undefined) return;
  if (Object.values(summary.writes).every((count) => count === 0)) throw error;
  const { message, description } = nodeError(error, context.getNode());
  context.addExecutionHints({
    type: 'warning',
    location: 'outputPane',
    message: `It ended early: ${message}. What was written before is in its output, the rest in Failed. ${description ?? ''}`,
  });
}
