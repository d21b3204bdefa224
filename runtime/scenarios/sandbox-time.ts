import type { SandboxClock } from '@stackbridge/sandbox/clock.ts';
import type { Clock } from '@stackbridge/shared-mappers/ports/clock.ts';
import type { Sleep } from '@stackbridge/shared-mappers/ports/sleep.ts';

/** Time in which nobody really waits: a sleeper moves the sandbox's clock on, in the order in which sleepers wake. */
export function sandboxTime(clock: SandboxClock): { readonly clock: Clock; readonly sleep: Sleep } {
  let waking: { readonly at: number; readonly wake: () => void }[] = [];
  let isScheduled = false;

  function wakeNext(): void {
    isScheduled = false;
    const [next, ...later] = waking.sort((one, other) => one.at - other.at);
    if (next === undefined) return;
    waking = later;
    clock.advance(Math.max(0, next.at - clock.now()));
    next.wake();
    schedule();
  }
  function schedule(): void {
    if (isScheduled || waking.length === 0) return;
    isScheduled = true;
    setImmediate(wakeNext);
  }
  return {
    clock: { now: () => clock.now() },
    sleep: {
      sleep: (ms) =>
        new Promise((wake) => {
          waking.push({ at: clock.now() + ms, wake });
          schedule();
        }),
    },
  };
}
