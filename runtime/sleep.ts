import type { Sleep } from '@stackbridge/shared-mappers/ports/sleep.ts';

/** Waits in real time; `stop` ends every wait at once. */
export function createSleep(stop: AbortSignal): Sleep {
  return {
    sleep(ms) {
      if (stop.aborted) return Promise.resolve();
      const { promise, resolve } = Promise.withResolvers<void>();
      const wake = (): void => {
        clearTimeout(timer);
        stop.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      stop.addEventListener('abort', wake);
      return promise;
    },
  };
}
