import type { LineSource } from '../../model/billing/document.ts';
import { allowed, type Brake } from '../brakes.ts';
import type { BrakeLimit } from '../contact-options.ts';
import type { DocumentPlan } from './document-plan.ts';
import type { BillingState } from './milestone-facts.ts';
import { measures, sourceKey } from './source-key.ts';

/** What one listing of the project tool or the books held. */
export interface ReadListing {
  /** `time logs of Website`, for people. */
  readonly title: string;
  readonly kind: LineSource['kind'];
  readonly ids: readonly string[];
  /** Whose documents bill what it lists. */
  readonly subjects: ReadonlySet<string>;
}

/** Listings that may come back short with an answer that looks right, and how much of them may go unasked. */
export interface WatchedListings {
  readonly listings: readonly ReadListing[];
  readonly limit: BrakeLimit;
}

/** One subject as it is planned, and what was known of it. */
export interface PlannedFacts {
  readonly plan: DocumentPlan;
  readonly state: Pick<BillingState, 'entries' | 'memories'>;
  /** People have been told of it: what is asked again is no news. */
  readonly isParked: boolean;
}

/** A person may well delete so many on one day. Beyond it, a listing without a single row is not believed. */
export const A_FEW = 3;

/**
 * Trips where billed work is in no listing any more and its documents would be changed, or people asked, for it: more of
 * it than the limit allows, or a listing that is empty although more than a few of its rows are billed.
 */
export function listingBrakes(
  planned: readonly PlannedFacts[],
  { listings, limit }: WatchedListings,
  recipe: string,
): Brake[] {
  const listed = new Set(listings.flatMap(({ kind, ids }) => ids.map((id) => sourceKey({ kind, id }))));
  const facts = planned.map(({ plan, state, isParked }) => {
    const billed = billedOf(plan.subject, state, recipe);
    return {
      plan,
      billed,
      lost: lostOf(
        billed.filter((key) => !listed.has(key)),
        plan,
        isParked,
      ),
    };
  });
  const counts = listings.map(({ title, kind, ids, subjects }) => {
    const own = facts.filter(({ plan }) => subjects.has(plan.subject));
    const ofKind = (keys: readonly string[]): number =>
      keys.filter((key) => key.startsWith(sourceKey({ kind, id: '' }))).length;
    return {
      title,
      isEmpty: ids.length === 0,
      billed: own.reduce((sum, { billed }) => sum + ofKind(billed), 0),
      lost: own.reduce((sum, { lost }) => sum + ofKind(lost), 0),
    };
  });

  const billed = counts.reduce((sum, count) => sum + count.billed, 0);
  const lost = counts.reduce((sum, count) => sum + count.lost, 0);
  if (lost > allowed(limit, billed)) {
    return [shrunk(`Zoho lists ${lost} of ${billed} billed time logs and expenses no longer`)];
  }
  const empty = counts.find((count) => count.isEmpty && count.lost > A_FEW);
  if (empty === undefined) return [];
  return [shrunk(`Zoho lists no ${empty.title}, of which ${empty.lost} are billed`)];
}

function shrunk(message: string): Brake {
  return { name: 'shrink', code: 'BRAKE_SIDE_SHRUNK', message };
}

/** Keys of what the subject's documents bill, those left out that a person has seen to. */
function billedOf(subject: string, { entries, memories }: PlannedFacts['state'], recipe: string): string[] {
  const settled = new Set(memories.filter((memory) => memory.settled).map(({ number }) => number));
  const own = entries.filter(
    (entry) =>
      entry.recipe === recipe &&
      entry.subject === subject &&
      entry.purpose === 'charge' &&
      entry.state !== 'freed' &&
      !settled.has(entry.documentNumber),
  );
  return [...measures(own)].filter(([, measure]) => !measure.isZero()).map(([key]) => key);
}

/** What of the missing this plan takes back, frees or asks about. */
function lostOf(
  missing: readonly string[],
  { write, remember, proposals }: DocumentPlan,
  isParked: boolean,
): readonly string[] {
  if (remember.length > 0 || (proposals.length > 0 && !isParked)) return missing;
  if (write?.action !== 'update') return [];
  const rewritten = new Set(write.rows.map(({ source }) => sourceKey(source)));
  return missing.filter((key) => rewritten.has(key));
}
