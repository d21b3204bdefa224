import { NoAnswerError, StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { SystemName } from '@stackbridge/shared-mappers/model/side.ts';
import { NodeOperationError } from 'n8n-workflow';
import { z } from 'zod';

/** What a token endpoint has answered, as n8n's OAuth client tells it. */
const refusal = z.object({ body: z.object({ error: z.string() }) });

const unanswered = z.object({ code: z.string() }).or(z.object({ status: z.int().min(500) }));

/** What it means that n8n could not renew a token. The call that needed the token has not been made and can be. */
export function refreshFault(error: unknown, system: SystemName): StackbridgeError {
  const isRefusal = refusal.safeParse(error).success;
  if (!isRefusal && !(error instanceof NodeOperationError) && unanswered.safeParse(error).success)
    return new NoAnswerError(`The sign-in to ${system} could not be renewed`, 'no', { system });
  return new StackbridgeError(
    'SIGN_IN_EXPIRED',
    `The sign-in to ${system} has expired and could not be renewed`,
    { system },
  );
}
