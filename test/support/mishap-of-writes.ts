import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import fc from 'fast-check';

/** What may befall one call that writes. `crash` ends the execution with none of its later code run. */
type WriteMishap = 'crash-before' | 'crash-after' | 'lost-before' | 'lost-after';

export interface Mishap {
  readonly kind: WriteMishap;
  /** The write that it befalls, from 0. */
  readonly at: number;
}

const CRASH = new Error('The execution has crashed');

/** The writes of simulated accounts, one of which may fail in each execution. */
export class MishapOfWrites {
  /** Calls that were to write, in all executions. */
  writes = 0;
  #next: { readonly kind: WriteMishap; left: number } | undefined;

  async during<Result>(
    mishap: Mishap | undefined,
    execute: () => Promise<Result>,
  ): Promise<Result | 'crashed'> {
    this.#next = mishap === undefined ? undefined : { kind: mishap.kind, left: mishap.at };
    try {
      return await execute();
    } catch (error) {
      if (error === CRASH) return 'crashed';
      throw error;
    } finally {
      this.#next = undefined;
    }
  }

  /** Carries a write out, unless something befalls it. */
  async write(write: () => unknown): Promise<void> {
    this.writes += 1;
    const kind = this.#next?.left === 0 ? this.#next.kind : undefined;
    if (this.#next !== undefined) this.#next.left -= 1;
    if (kind === 'crash-before') throw CRASH;
    if (kind === 'lost-before') throw new StackbridgeError('NO_ANSWER', 'No answer');
    write();
    if (kind === 'crash-after') throw CRASH;
    if (kind === 'lost-after') throw new StackbridgeError('NO_ANSWER', 'No answer');
  }
}

/** An execution of a random history. */
export const anyRun = fc.record({
  kind: fc.constant('run' as const),
  mishap: fc.option(
    fc.record({
      kind: fc.constantFrom<WriteMishap>('crash-before', 'crash-after', 'lost-before', 'lost-after'),
      at: fc.nat({ max: 4 }),
    }),
    { nil: undefined, freq: 2 },
  ),
});
