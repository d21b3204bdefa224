import { StackbridgeError } from '../errors/stackbridge-error.ts';
import type { Clock } from '../ports/clock.ts';
import type { Lease, Store } from '../ports/store.ts';

const LEASE_MS = 5 * 60_000;

/** Holds a scope for one run. Two runs at once would each write from a state the other is changing. */
export class LeaseGuard {
  readonly lease: Lease;
  readonly #store: Store;
  readonly #clock: Clock;

  private constructor(lease: Lease, store: Store, clock: Clock) {
    this.lease = lease;
    this.#store = store;
    this.#clock = clock;
  }

  /** Rejects with `LEASE_HELD`, naming the holder, when another run has it. */
  static async acquire(scope: string, holder: string, store: Store, clock: Clock): Promise<LeaseGuard> {
    const answer = await store.acquireLease(scope, holder, clock.now(), LEASE_MS);
    if ('lease' in answer) return new LeaseGuard(answer.lease, store, clock);
    const seconds = Math.ceil((answer.until - clock.now()) / 1000);
    throw new StackbridgeError(
      'LEASE_HELD',
      `${answer.heldBy} is syncing ${scope}; its lease ends in ${seconds} s`,
    );
  }

  /** Called before each batch: whoever lost the lease must not write on. Rejects with `LEASE_LOST`. */
  async hold(): Promise<void> {
    if (await this.#store.renewLease(this.lease, this.#clock.now(), LEASE_MS)) return;
    throw new StackbridgeError('LEASE_LOST', `Another run has taken ${this.lease.scope} over`);
  }

  async release(): Promise<void> {
    await this.#store.releaseLease(this.lease);
  }
}
