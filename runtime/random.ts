import type { Random } from '@stackbridge/shared-mappers/ports/random.ts';
import { monotonicFactory } from 'ulid';

/** Ids of one process rise even within a millisecond and when the system clock is set back. */
export function createRandom(): Random {
  const nextId = monotonicFactory();
  return { next: () => Math.random(), id: () => nextId() };
}
