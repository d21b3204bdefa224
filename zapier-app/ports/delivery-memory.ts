import type { DeliveryMemory } from '@stackbridge/shared-mappers/sync/stateless/billing/bill-in-order.ts';
import type { ZObject } from 'zapier-platform-core';

/** Zapier replays a failed step up to five times, over some ten hours; people replay a run within days. */
const KEPT_S = 7 * 86_400;

/** In Zapier's cache, which may forget. @param place that subjects are told apart by */
export function deliveryMemory({ cache }: Pick<ZObject, 'cache'>, place: string): DeliveryMemory {
  return {
    async latest(subject) {
      const kept: unknown = await cache.get(`${place} ${subject}`);
      return typeof kept === 'number' ? kept : undefined;
    },
    async keep(subject, readAt) {
      await cache.set(`${place} ${subject}`, readAt, KEPT_S);
    },
  };
}
