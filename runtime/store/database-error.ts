import { isNativeError } from 'node:util/types';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';

/** Primary result codes of SQLite (https://www.sqlite.org/rescode.html) that pass: busy, locked, I/O, full, cannot open. */
const PASSING = new Set([5, 6, 10, 13, 14]);
/** Read-only file, damaged file, not a database. */
const LASTING = new Set([8, 11, 26]);

/**
 * Runs `work` and says what a failure of the database means to the caller; other errors pass unchanged.
 *
 * @param what begins the message: `The store`.
 */
export function guarded<Result>(work: () => Result, what = 'The store'): Result {
  try {
    return work();
  } catch (error) {
    throw meaning(error, what);
  }
}

function meaning(error: unknown, what: string): unknown {
  if (!isNativeError(error)) return error;
  // The high bits of `errcode` tell the variant, the low byte the kind.
  const code = 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
  if (code !== undefined && PASSING.has(code))
    return new StackbridgeError('STORE_UNAVAILABLE', `${what} could not be used: ${error.message}`, {
      cause: error,
    });
  if (code !== undefined && LASTING.has(code))
    return new StackbridgeError('STORE_UNUSABLE', `${what} cannot be used: ${error.message}`, {
      cause: error,
    });
  const fileFault = 'code' in error && typeof error.code === 'string' && /^E[A-Z]+$/.test(error.code);
  if (fileFault)
    return new StackbridgeError('STORE_UNAVAILABLE', `${what} could not be opened: ${error.message}`, {
      cause: error,
    });
  return error;
}
