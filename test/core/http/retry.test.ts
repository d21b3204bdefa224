import { describe, expect, test } from '@jest/globals';
import { NoAnswerError, StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import { decideRetry, type RetryQuestion } from '@stackbridge/shared-mappers/http/retry.ts';

const serverError = new StackbridgeError('SERVER_ERROR', '503');
const rateLimited = new StackbridgeError('RATE_LIMITED', '429');

function question(changes: Partial<RetryQuestion>): RetryQuestion {
  const usual = { attempts: 1, repeatable: true, jitter: 0.5, waitedMs: 0, patienceMs: 900_000 };
  return { ...usual, error: serverError, ...changes };
}

describe('a failed call', () => {
  test.each([
    [1, 250],
    [2, 500],
    [3, 1_000],
    [4, 2_000],
    [5, 4_000],
  ])('is repeated after attempt %i with exponential back-off and full jitter', (attempts, waitMs) => {
    expect(decideRetry(question({ attempts }))).toEqual({ action: 'wait', waitMs, holdsAll: false });
  });

  test('is given up after six attempts', () => {
    const decision = decideRetry(question({ attempts: 6 }));
    expect(decision).toEqual({ action: 'give-up', outcomeUnknown: false });
  });

  test('waits as long as the server asks', () => {
    const error = new StackbridgeError('SERVER_ERROR', '503', { retryAfterMs: 7_000 });
    expect(decideRetry(question({ error }))).toEqual({ action: 'wait', waitMs: 7_000, holdsAll: false });
  });

  test('is not repeated when it may have been carried out and a repeat could double it', () => {
    const cut = new NoAnswerError('reset', 'unknown');
    const expected = { action: 'give-up', outcomeUnknown: true };
    expect(decideRetry(question({ error: cut, repeatable: false }))).toEqual(expected);
    expect(decideRetry(question({ error: serverError, repeatable: false }))).toEqual(expected);
  });

  test('is repeated when it certainly never arrived, whatever it does', () => {
    const refused = new NoAnswerError('connection refused', 'no');
    const decision = decideRetry(question({ error: refused, repeatable: false }));
    expect(decision).toEqual({ action: 'wait', waitMs: 250, holdsAll: false });
  });

  test('that the system refused for good is not repeated', () => {
    const error = new StackbridgeError('EMAIL_INVALID', 'no');
    expect(decideRetry(question({ error }))).toEqual({ action: 'give-up', outcomeUnknown: false });
  });
});

describe('a call over the limit', () => {
  test('holds all calls of the system for Retry-After and a little spread', () => {
    const error = new StackbridgeError('RATE_LIMITED', '429', { retryAfterMs: 30_000 });
    const decision = decideRetry(question({ error, repeatable: false }));
    expect(decision).toEqual({ action: 'wait', waitMs: 30_250, holdsAll: true });
  });

  test('backs off by itself where the system names no time', () => {
    const decisions = [1, 2, 9].map((attempts) => decideRetry(question({ attempts, error: rateLimited })));
    expect(decisions).toEqual([
      { action: 'wait', waitMs: 1_500, holdsAll: true },
      { action: 'wait', waitMs: 3_000, holdsAll: true },
      { action: 'wait', waitMs: 45_000, holdsAll: true },
    ]);
  });

  test('is given up rather than waited for beyond the patience', () => {
    const error = new StackbridgeError('RATE_LIMITED', '429', { retryAfterMs: 30_000 });
    const decision = decideRetry(question({ error, waitedMs: 880_000 }));
    expect(decision).toEqual({ action: 'give-up', outcomeUnknown: false });
  });

  test('of a day is waited for too: a rolling day has room again by the minute', () => {
    const error = new StackbridgeError('QUOTA_USED_UP', 'TotalRequests');
    const late = decideRetry(question({ error, attempts: 20, waitedMs: 870_000 }));
    expect(decideRetry(question({ error }))).toEqual({ action: 'wait', waitMs: 1_500, holdsAll: true });
    expect(late).toEqual({ action: 'give-up', outcomeUnknown: false });
  });
});
