import { z } from 'zod';
import type { Outcome } from './packaged-app.ts';

const items = z.array(z.looseObject({ id: z.string() }));

/** What a trigger has shown. */
export function itemsOf(outcome: Outcome): z.infer<typeof items> {
  return items.parse('results' in outcome ? outcome.results : outcome.error.message);
}
