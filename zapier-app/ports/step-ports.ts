import type { SystemClientOptions } from '@stackbridge/shared-mappers/http/system-client.ts';
import type { Clock } from '@stackbridge/shared-mappers/ports/clock.ts';
import type { Log, LogDetails } from '@stackbridge/shared-mappers/ports/log.ts';
import type { Progress } from '@stackbridge/shared-mappers/ports/progress.ts';
import { monotonicFactory } from 'ulid';
import type { ZObject } from 'zapier-platform-core';
import { startDeadline } from './deadline.ts';
import { createHttp } from './http.ts';

/**
 * Longest time in milliseconds that a step waits for a system's limit: a longer wait is Zapier's, which replays the step
 * after it.
 */
const PATIENCE_MS = 8_000;

export type StepPorts = Pick<
  SystemClientOptions,
  'http' | 'clock' | 'sleep' | 'random' | 'progress' | 'log'
> & {
  readonly stop: NonNullable<SystemClientOptions['stop']>;
  readonly patienceMs: number;
  /** Nobody looks at what one step has cost: they are not counted. */
  readonly calls: () => Readonly<Record<string, number>>;
};

const clock: Clock = { now: () => Date.now() };

/** What the core needs of the outside world, for the length of one step. */
export function startStep(z: Pick<ZObject, 'request' | 'console'>): StepPorts {
  const deadline = startDeadline(clock);
  const nextId = monotonicFactory();
  return {
    http: createHttp(z, deadline),
    clock,
    sleep: { sleep: (ms) => new Promise((wake) => setTimeout(wake, Math.min(ms, deadline.leftMs()))) },
    random: { next: () => Math.random(), id: () => nextId() },
    progress: SILENT,
    log: logTo(z),
    stop: deadline,
    patienceMs: PATIENCE_MS,
    calls: () => ({}),
  };
}

/** A step has nowhere to show its progress. */
const SILENT: Progress = {
  begin: () => {},
  advance: () => {},
  end: () => {},
  call: () => {},
  waiting: () => {},
};

/** Into the log that the app's developer sees at Zapier. */
function logTo({ console }: Pick<ZObject, 'console'>): Log {
  const line = (event: string, details: LogDetails = {}): string => {
    const told = Object.entries(details).flatMap(([key, value]) =>
      value === undefined ? [] : [`${key}=${JSON.stringify(value)}`],
    );
    return [event, ...told].join(' ');
  };
  return {
    debug: () => {},
    info: (event, details) => console.log(line(event, details)),
    warn: (event, details) => console.warn(line(event, details)),
  };
}
