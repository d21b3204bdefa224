import type { Instant } from '../../model/instant.ts';
import type { LastLook } from '../../ports/ledger.ts';
import type { PlannedDocument } from './planned-document.ts';

/**
 * What becomes of work that was handed over and may come late. Once later work has been looked at, it is left alone;
 * else the documents are told of it even where they stay as they are, so that what comes later still is known by them.
 *
 * @param asOf when the work was read
 */
export function asOfReading(
  one: PlannedDocument,
  asOf: Instant,
  lastLook: LastLook | undefined,
): PlannedDocument {
  const { plan } = one;
  if (lastLook === undefined) return one;
  if (asOf < lastLook.asOf) {
    const { write: _, ...rest } = plan;
    const nothing = { proposals: [], issues: [], remember: [], decided: [] };
    return {
      ...one,
      plan: { ...rest, ...nothing, outcome: 'stale' },
      followUps: [],
      preview: () => undefined,
    };
  }
  const { standing: memory } = lastLook;
  if (memory === undefined || asOf === lastLook.asOf || plan.write !== undefined) return one;
  return { ...one, plan: { ...plan, remember: [{ kind: 'document', memory }, ...plan.remember] } };
}
