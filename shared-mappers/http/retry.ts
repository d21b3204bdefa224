import { NoAnswerError, type StackbridgeError } from '../errors/stackbridge-error.ts';

export interface RetryQuestion {
  /** Times the request has been sent, from 1. */
  readonly attempts: number;
  readonly error: StackbridgeError;
  /** Sending it twice ends as sending it once. */
  readonly repeatable: boolean;
  /** Uniform in [0, 1). */
  readonly jitter: number;
  /** Milliseconds this request has already waited. */
  readonly waitedMs: number;
  /** Milliseconds it may wait in all. */
  readonly patienceMs: number;
}

export type RetryDecision =
  | {
      readonly action: 'wait';
      readonly waitMs: number;
      /** The system refuses everybody: no other call should be sent in the meantime either. */
      readonly holdsAll: boolean;
    }
  | {
      readonly action: 'give-up';
      /** The request may have been carried out, and sending it again could double it. */
      readonly outcomeUnknown: boolean;
    };

/** Sends of one request that fails on the server's or the network's account. */
const MAX_ATTEMPTS = 6;
const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 30_000;
/** A limit without `Retry-After` (Salesforce's 403, Mailchimp's bare 429) rarely clears within a second. */
const FIRST_LIMIT_BACKOFF_MS = 2_000;
const LONGEST_LIMIT_BACKOFF_MS = 60_000;
/** Spreads the callers that one `Retry-After` releases together. */
const RELEASE_SPREAD_MS = 500;

/** Whether a failed request is sent again, and when: exponential back-off with full jitter, `Retry-After` first. */
export function decideRetry(question: RetryQuestion): RetryDecision {
  const { attempts, error, repeatable, jitter, waitedMs, patienceMs } = question;

  if (error.class === 'Throttled') {
    const waitMs = limitWait(error, attempts, jitter);
    if (waitedMs + waitMs > patienceMs) return giveUp;
    return { action: 'wait', waitMs, holdsAll: true };
  }

  const outcomeUnknown = mayBeCarriedOut(error);
  if (outcomeUnknown && !repeatable) return { action: 'give-up', outcomeUnknown };
  if (!isPassing(error) || attempts >= MAX_ATTEMPTS) return giveUp;
  const waitMs =
    error.context.retryAfterMs ?? backoff(attempts, FIRST_BACKOFF_MS, LONGEST_BACKOFF_MS) * jitter;
  if (waitedMs + waitMs > patienceMs) return giveUp;
  return { action: 'wait', waitMs, holdsAll: false };
}

const giveUp: RetryDecision = { action: 'give-up', outcomeUnknown: false };

/**
 * A quota used up is waited for like a rate: Salesforce's day is rolling, so that room comes back by the minute;
 * quotas that end at a fixed hour say so in `Retry-After`, and the patience decides.
 */
function limitWait(error: StackbridgeError, attempts: number, jitter: number): number {
  const { retryAfterMs } = error.context;
  if (retryAfterMs !== undefined) return retryAfterMs + jitter * RELEASE_SPREAD_MS;
  // Half of the wait is certain: full jitter could draw a series of waits near zero, each costing a call.
  const longest = backoff(attempts, FIRST_LIMIT_BACKOFF_MS, LONGEST_LIMIT_BACKOFF_MS);
  return longest / 2 + (longest / 2) * jitter;
}

function backoff(attempts: number, first: number, longest: number): number {
  return Math.min(longest, first * 2 ** (attempts - 1));
}

function isPassing(error: StackbridgeError): boolean {
  return error.code === 'NO_ANSWER' || error.code === 'SERVER_ERROR' || error.code === 'ROW_LOCKED';
}

function mayBeCarriedOut(error: StackbridgeError): boolean {
  return error.code === 'SERVER_ERROR' || (error instanceof NoAnswerError && error.carriedOut === 'unknown');
}
