import type { Instant } from '@stackbridge/shared-mappers/model/instant.ts';
import { SAMPLE_LOOK_BACK_MS } from '../fields/look-back.ts';
import type { Step } from '../step.ts';

/** Where a poll begins to read. What an editor loads as an example may be a month old. */
export function sinceOf({ bundle, ports }: Step, lookBackMs: number): Instant {
  return ports.clock.now() - (bundle.meta.isLoadingSample === true ? SAMPLE_LOOK_BACK_MS : lookBackMs);
}
