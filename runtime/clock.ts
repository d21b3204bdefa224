import type { Clock } from '@stackbridge/shared-mappers/ports/clock.ts';

export const systemClock: Clock = { now: () => Date.now() };
