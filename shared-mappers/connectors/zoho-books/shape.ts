import type { z } from 'zod';
import { StackbridgeError } from '../../errors/stackbridge-error.ts';

/** Names where an answer differs from what is known, never what stands there. */
export function unknownShape(what: string, error: z.ZodError): StackbridgeError {
  const where = [what, ...(error.issues[0]?.path ?? [])].join('.');
  return new StackbridgeError('SERVER_ERROR', `Zoho Books answered in an unknown shape (at "${where}")`, {
    system: 'zoho-books',
    cause: error,
  });
}
