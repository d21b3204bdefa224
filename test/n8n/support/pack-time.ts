import type { LoadFnOutput } from 'node:module';
import type { Clock } from '@stackbridge/shared-mappers/ports/clock.ts';
import type { Sleep } from '@stackbridge/shared-mappers/ports/sleep.ts';

/** Time as the pack is to see it: that of a sandbox, in which nobody really waits. */
export interface PackTime {
  readonly clock: Clock;
  readonly sleep: Sleep;
}

const SHARED = 'stackbridge.pack-time';

/** Whatever the pack asks from now on is answered by this. */
export function setPackTime({ clock, sleep }: PackTime): void {
  const PackDate = new Proxy(Date, {
    construct: (target, given) => Reflect.construct(target, given.length === 0 ? [clock.now()] : given),
    get: (target, name) => (name === 'now' ? () => clock.now() : Reflect.get(target, name)),
  });
  const within = (module: object): object => ({ ...module, sleep: (ms: number) => sleep.sleep(ms) });
  const requireWithin =
    (inner: (name: string) => object) =>
    (name: string): object =>
      name === 'n8n-workflow' ? within(inner(name)) : inner(name);
  Object.assign(globalThis, { [SHARED]: { Date: PackDate, requireWithin } });
}

/** Wraps a bundle of the pack so that its `Date` and its `sleep` are those of `setPackTime`. */
export function inPackTime(loaded: LoadFnOutput): LoadFnOutput {
  const { source } = loaded;
  if (source === undefined || source === null) return loaded;
  const text = typeof source === 'string' ? source : new TextDecoder().decode(source);
  return {
    ...loaded,
    source: `((require, Date) => {${text}\n})(globalThis['${SHARED}'].requireWithin(require), globalThis['${SHARED}'].Date);`,
  };
}
