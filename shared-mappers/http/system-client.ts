import { NoAnswerError, StackbridgeError } from '../errors/stackbridge-error.ts';
import { type Instant, parseInstant } from '../model/instant.ts';
import type { SystemName } from '../model/side.ts';
import type { Clock } from '../ports/clock.ts';
import type { Access, Connection } from '../ports/connection.ts';
import type { Http, HttpRequest, HttpResponse } from '../ports/http.ts';
import type { Log } from '../ports/log.ts';
import type { Progress } from '../ports/progress.ts';
import type { Random } from '../ports/random.ts';
import type { Sleep } from '../ports/sleep.ts';
import type { StopSignal } from '../ports/stop-signal.ts';
import { createLimiter, type Limits } from './limiter.ts';
import { decideRetry } from './retry.ts';

/** One call to a system. The account's base URL and its authorization are added for every attempt anew. */
export interface SystemRequest {
  readonly method: HttpRequest['method'];
  /** Appended to the base URL; starts with `/` and carries its query. */
  readonly path: string;
  /** Names in lower-case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Bytes to send instead of `body`. */
  readonly bodyBase64?: string;
  /** The answer is a file: its bytes are wanted too. */
  readonly wantsBytes?: boolean;
  /** Milliseconds; default as ports/http.ts. */
  readonly timeoutMs?: number;
}

export interface SystemAnswer extends HttpResponse {
  /**
   * The server's clock from before this request was sent: its `date` header, less the time the request took, less
   * the second that the header is cut to. Undefined where the answer has no readable `date`.
   */
  readonly serverTime: Instant | undefined;
}

export interface SendOptions {
  /**
   * True where sending the same request twice ends as sending it once: reads, updates, upserts. Others are sent
   * again only when it is certain that they were not carried out; else `NoAnswerError` with `carriedOut: 'unknown'`.
   */
  readonly repeatable: boolean;
}

/**
 * All calls to one account go through one client, so that its limits hold over every connector that shares it.
 * `send` answers with what `interpret` let pass and rejects with `StackbridgeError` for everything else.
 */
export interface SystemClient {
  readonly system: SystemName;
  readonly log: Log;
  readonly sleep: Sleep;
  readonly clock: Clock;
  readonly progress: Progress;
  readonly stop: StopSignal | undefined;
  send(request: SystemRequest, options: SendOptions): Promise<SystemAnswer>;
}

export interface SystemClientOptions {
  readonly system: SystemName;
  readonly http: Http;
  readonly connection: Connection;
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly random: Random;
  readonly progress: Progress;
  readonly log: Log;
  /** Looked at whenever the client waits: a stop ends the wait with `STOPPED`. */
  readonly stop?: StopSignal;
  readonly limits: Limits;
  /**
   * What an answer means, in the core's codes; undefined for a success and for whatever the connector reads itself
   * (a 404 that says "no such member"). `SIGN_IN_EXPIRED` is renewed once; `Throttled` and `ROW_LOCKED` must only be
   * given to answers that say the request was not carried out; `SERVER_ERROR` leaves that open.
   */
  readonly interpret: (answer: HttpResponse, request: SystemRequest) => StackbridgeError | undefined;
  /** Longest time in milliseconds that one call waits for the system's limits; default 900,000 (15 minutes). */
  readonly patienceMs?: number;
}

/** The `date` header has whole seconds: it may read up to this much late. */
const HEADER_PRECISION_MS = 1000;
const DEFAULT_PATIENCE_MS = 900_000;

export function createSystemClient(options: SystemClientOptions): SystemClient {
  const { system, http, connection, clock, sleep, random, progress, log, stop, limits, interpret } = options;
  const patienceMs = options.patienceMs ?? DEFAULT_PATIENCE_MS;
  const limiter = createLimiter({ system, limits, clock, sleep, progress, stop });
  const laneOf = (request: SystemRequest): string | undefined => limits.laneOf?.(request);

  async function attempt(request: SystemRequest, access: Access): Promise<SystemAnswer> {
    progress.call(system);
    const before = clock.now();
    const answer = await http.send(toHttp(request, access));
    const serverTime = serverTimeBefore(answer, clock.now() - before);
    limiter.learn(answer.headers, laneOf(request));
    const error = interpret(answer, request);
    if (error !== undefined) throw error;
    return { ...answer, serverTime };
  }

  async function attemptSignedIn(request: SystemRequest): Promise<SystemAnswer> {
    const access = await signIn(() => connection.access());
    try {
      return await attempt(request, access);
    } catch (error) {
      if (!(error instanceof StackbridgeError) || error.code !== 'SIGN_IN_EXPIRED') throw error;
      log.info('sign-in renewed', { system });
      return attempt(request, await signIn(() => connection.renew(access)));
    }
  }

  async function backOff(waitMs: number): Promise<number> {
    const begun = clock.now();
    progress.waiting(system, waitMs, 'the call is repeated');
    await sleep.sleep(waitMs);
    if (stop?.requested) throw new StackbridgeError('STOPPED', `Stopped while waiting for ${system}`);
    return clock.now() - begun;
  }

  async function send(request: SystemRequest, { repeatable }: SendOptions): Promise<SystemAnswer> {
    let waitedMs = 0;
    for (let attempts = 1; ; attempts++) {
      waitedMs += await limiter.enter(patienceMs - waitedMs, laneOf(request));
      let backOffMs = 0;
      try {
        return await attemptSignedIn(request);
      } catch (error) {
        if (!(error instanceof StackbridgeError)) throw error;
        const jitter = random.next();
        const decision = decideRetry({ attempts, error, repeatable, jitter, waitedMs, patienceMs });
        if (decision.action === 'give-up') throw decision.outcomeUnknown ? unanswered(error, request) : error;
        const { waitMs, holdsAll } = decision;
        log.info('call repeated', { system, code: error.code, attempts, waitMs: Math.round(waitMs) });
        if (holdsAll) limiter.pause(waitMs, error.message, laneOf(request));
        else backOffMs = waitMs;
      } finally {
        limiter.leave();
      }
      // Waited after the place is given up: another call may use it meanwhile.
      if (backOffMs > 0) waitedMs += await backOff(backOffMs);
    }
  }

  return { system, log, sleep, clock, progress, stop, send };
}

/** While signing in fails, the request itself has not been sent: whatever it does, it may be repeated. */
async function signIn(access: () => Promise<Access>): Promise<Access> {
  try {
    return await access();
  } catch (error) {
    if (!(error instanceof StackbridgeError) || error.class !== 'Transient') throw error;
    throw new NoAnswerError(error.message, 'no', { ...error.context, cause: error });
  }
}

function toHttp(request: SystemRequest, access: Access): HttpRequest {
  const { method, path, headers, body, bodyBase64, wantsBytes, timeoutMs } = request;
  return {
    method,
    url: `${access.baseUrl}${path}`,
    headers: { accept: 'application/json', ...headers, ...access.headers },
    ...(body === undefined ? {} : { body }),
    ...(bodyBase64 === undefined ? {} : { bodyBase64 }),
    ...(wantsBytes === undefined ? {} : { wantsBytes }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  };
}

function serverTimeBefore(answer: HttpResponse, elapsedMs: number): Instant | undefined {
  const date = answer.headers.date;
  const at = date === undefined ? undefined : parseInstant(date);
  return at === undefined ? undefined : at - elapsedMs - HEADER_PRECISION_MS;
}

function unanswered(error: StackbridgeError, request: SystemRequest): NoAnswerError {
  if (error instanceof NoAnswerError) return error;
  const message = `${error.message}; whether ${request.method} was carried out is unknown`;
  return new NoAnswerError(message, 'unknown', { ...error.context, cause: error });
}
