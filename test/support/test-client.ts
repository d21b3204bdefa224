import type { SystemClientOptions } from '@stackbridge/shared-mappers/http/system-client.ts';
import { createSystemClient, type SystemClient } from '@stackbridge/shared-mappers/http/system-client.ts';
import type { Instant } from '@stackbridge/shared-mappers/model/instant.ts';
import type { Clock } from '@stackbridge/shared-mappers/ports/clock.ts';
import type { Connection } from '@stackbridge/shared-mappers/ports/connection.ts';
import type { Http, HttpRequest, HttpResponse } from '@stackbridge/shared-mappers/ports/http.ts';
import type { Log } from '@stackbridge/shared-mappers/ports/log.ts';
import type { Progress } from '@stackbridge/shared-mappers/ports/progress.ts';
import type { Sleep } from '@stackbridge/shared-mappers/ports/sleep.ts';

export const NOON: Instant = Date.parse('2026-11-02T12:00:00Z');

/** Time that passes only while somebody sleeps, in the order in which the sleepers wake. */
export function createSleepyClock(start: Instant = NOON): {
  clock: Clock;
  sleep: Sleep;
  slept: number[];
  advance: (ms: number) => void;
} {
  let now = start;
  let waking: { at: Instant; wake: () => void }[] = [];
  let isScheduled = false;
  const slept: number[] = [];

  function wakeNext(): void {
    isScheduled = false;
    waking.sort((one, other) => one.at - other.at);
    const next = waking.shift();
    if (next === undefined) return;
    now = Math.max(now, next.at);
    next.wake();
    schedule();
  }
  function schedule(): void {
    if (isScheduled || waking.length === 0) return;
    isScheduled = true;
    setImmediate(wakeNext);
  }
  return {
    clock: { now: () => now },
    sleep: {
      sleep: (ms) =>
        new Promise((wake) => {
          slept.push(ms);
          waking = [...waking, { at: now + ms, wake }];
          schedule();
        }),
    },
    slept,
    advance: (ms) => {
      now += ms;
    },
  };
}

/** What a scripted server does with one request. */
export type ScriptedAnswer =
  | Partial<HttpResponse>
  | Error
  | ((request: HttpRequest) => Partial<HttpResponse>);

/** Answers in turn; a request past the end of the script fails the test. */
export function createScriptedHttp(script: readonly ScriptedAnswer[]): {
  http: Http;
  requests: HttpRequest[];
} {
  const requests: HttpRequest[] = [];
  return {
    requests,
    http: {
      async send(request) {
        const step = script[requests.length];
        requests.push(request);
        if (step === undefined) throw new Error(`No answer scripted for ${request.method} ${request.url}`);
        if (step instanceof Error) throw step;
        return { status: 200, headers: {}, body: '', ...(typeof step === 'function' ? step(request) : step) };
      },
    },
  };
}

export interface TestClient {
  readonly client: SystemClient;
  /** One line per event: `call`, `waiting 500 …`, `renew`, and what was logged as a warning. */
  readonly events: string[];
  readonly slept: number[];
  readonly advance: (ms: number) => void;
}

/** A client with a fake clock, and a connection whose token counts up with each renewal. */
export function createTestClient(
  options: Pick<SystemClientOptions, 'http' | 'interpret'> &
    Partial<Pick<SystemClientOptions, 'system' | 'limits' | 'connection' | 'patienceMs' | 'stop'>> & {
      readonly jitter?: number;
    },
): TestClient {
  const { system = 'salesforce', limits = { concurrency: 5 }, jitter = 0.5, connection } = options;
  const { clock, sleep, slept, advance } = createSleepyClock();
  const events: string[] = [];
  const client = createSystemClient({
    ...options,
    system,
    limits,
    connection: connection ?? createCountingConnection(events),
    clock,
    sleep,
    random: { next: () => jitter, id: () => '01TESTTESTTESTTESTTESTTEST' },
    progress: recordingProgress(events),
    log: recordingLog(events),
  });
  return { client, events, slept, advance };
}

function createCountingConnection(events: string[]): Connection {
  let renewals = 0;
  const access = () => ({
    baseUrl: renewals === 0 ? 'https://old.example' : 'https://new.example',
    headers: { authorization: `Bearer token-${renewals}` },
  });
  return {
    system: 'salesforce',
    access: async () => access(),
    renew: async () => {
      events.push('renew');
      renewals += 1;
      return access();
    },
  };
}

function recordingProgress(events: string[]): Progress {
  return {
    begin: () => {},
    advance: () => {},
    end: () => {},
    call: () => events.push('call'),
    waiting: (_system, ms, why) => events.push(`waiting ${ms}: ${why}`),
  };
}

function recordingLog(events: string[]): Log {
  return { debug: () => {}, info: () => {}, warn: (event) => events.push(`warn: ${event}`) };
}
