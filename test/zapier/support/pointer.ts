import { z } from 'zod';

/** What `z.dehydrate` leaves in an item. */
const POINTER = /^hydrate\|\|\|(.*)\|\|\|hydrate$/;
const pointer = z.object({ method: z.string(), bundle: z.record(z.string(), z.unknown()) });

/** The function of the app that a field stands for, with what it is given; undefined for a plain value. */
export function pointerIn(value: unknown): z.output<typeof pointer> | undefined {
  const payload = typeof value === 'string' ? POINTER.exec(value)?.[1] : undefined;
  return payload === undefined ? undefined : pointer.parse(JSON.parse(payload));
}
