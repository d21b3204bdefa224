import type { SystemName } from '../model/side.ts';
import { ERROR_CODES, type ErrorClass, type ErrorCode } from './codes.ts';

export interface ErrorContext {
  readonly system?: SystemName;
  readonly recordId?: string;
  readonly field?: string;
  /** Milliseconds the system asked to wait. */
  readonly retryAfterMs?: number;
  /** What to do, where what the code advises does not fit. */
  readonly next?: string;
  readonly cause?: unknown;
}

/** The one error of the core. `class` says who can act, `code` what happened, `next` what to do. */
export class StackbridgeError extends Error {
  readonly code: ErrorCode;
  readonly context: ErrorContext;

  constructor(code: ErrorCode, message: string, context: ErrorContext = {}) {
    super(message, context.cause === undefined ? undefined : { cause: context.cause });
    this.name = ERROR_CODES[code].class;
    this.code = code;
    this.context = context;
  }

  get class(): ErrorClass {
    return ERROR_CODES[this.code].class;
  }

  get next(): string {
    return this.context.next ?? ERROR_CODES[this.code].next;
  }
}

/**
 * A request without an answer. `carriedOut` is `no` when it certainly never reached the system (connection refused),
 * else `unknown`: the caller reads back before it sends a create again.
 */
export class NoAnswerError extends StackbridgeError {
  readonly carriedOut: 'no' | 'unknown';

  constructor(message: string, carriedOut: 'no' | 'unknown', context: ErrorContext = {}) {
    super('NO_ANSWER', message, context);
    this.carriedOut = carriedOut;
  }
}
