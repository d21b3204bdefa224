import { NoAnswerError, StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { SystemName } from '@stackbridge/shared-mappers/model/side.ts';
import type { HttpResponse } from '@stackbridge/shared-mappers/ports/http.ts';

/** What an answer that proves no sign-in means. */
export function refusalOf({ status, headers }: HttpResponse, system: SystemName): StackbridgeError {
  if (status === 429) {
    const seconds = Number(headers['retry-after'] ?? Number.NaN);
    const wait = Number.isFinite(seconds) ? { retryAfterMs: seconds * 1000 } : {};
    return new StackbridgeError('RATE_LIMITED', `${system} asks to wait`, { system, ...wait });
  }
  if (status >= 500) return new NoAnswerError(`${system} answered HTTP ${status}`, 'no', { system });
  return new StackbridgeError('SIGN_IN_EXPIRED', `${system} does not accept the sign-in (HTTP ${status})`, {
    system,
  });
}
