import type { SystemClientOptions } from '@stackbridge/shared-mappers/http/system-client.ts';
import type { Clock } from '@stackbridge/shared-mappers/ports/clock.ts';
import type { Log } from '@stackbridge/shared-mappers/ports/log.ts';
import type { Progress } from '@stackbridge/shared-mappers/ports/progress.ts';
import type { Sleep } from '@stackbridge/shared-mappers/ports/sleep.ts';
import type { StopSignal } from '@stackbridge/shared-mappers/ports/stop-signal.ts';
import { sleep } from 'n8n-workflow';
import { createHttp } from './http.ts';
import type { NodeContext } from './node-context.ts';
import { createRandom } from './random.ts';

export type NodePorts = Pick<
  SystemClientOptions,
  'http' | 'clock' | 'sleep' | 'random' | 'progress' | 'log'
> & {
  readonly stop: StopSignal;
  /** Calls sent so far, by system. */
  readonly calls: () => Readonly<Record<string, number>>;
};

const clock: Clock = { now: () => Date.now() };

/** Longest time in milliseconds that a sleeper does not look whether the execution was cancelled. */
const LOOK_UP_MS = 1000;

/** What the core needs of the outside world, for the length of one execution. */
export function startNode(context: NodeContext): NodePorts {
  const calls: Record<string, number> = {};
  const stop = stopOf(context);
  return {
    http: createHttp(context),
    clock,
    sleep: sleepUntil(stop),
    random: createRandom(clock),
    progress: {
      ...SILENT,
      call: (system) => {
        calls[system] = (calls[system] ?? 0) + 1;
      },
    },
    log: logTo(context),
    stop,
    calls: () => calls,
  };
}

/** Somebody has cancelled the execution. */
function stopOf(context: NodeContext): StopSignal {
  const signal = 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
  return {
    get requested() {
      return signal?.aborted ?? false;
    },
  };
}

function sleepUntil(stop: StopSignal): Sleep {
  return {
    async sleep(ms) {
      for (let left = ms; left > 0 && !stop.requested; left -= LOOK_UP_MS)
        await sleep(Math.min(left, LOOK_UP_MS));
    },
  };
}

/** A node has nowhere to show its progress. */
const SILENT: Progress = {
  begin: () => {},
  advance: () => {},
  end: () => {},
  call: () => {},
  waiting: () => {},
};

function logTo({ logger }: NodeContext): Log {
  return {
    debug: (event, details) => logger.debug(event, details),
    info: (event, details) => logger.info(event, details),
    warn: (event, details) => logger.warn(event, details),
  };
}
