import { allowed, type Brake } from '../brakes.ts';
import type { BrakeLimit } from '../contact-options.ts';
import type { DocumentPlan } from './document-plan.ts';
import { A_FEW } from './listing-brake.ts';

/** A listing of what is billed one by one, and how much of it may go unasked. */
export interface WatchedSubjects {
  /** `expenses`, for people. */
  readonly title: string;
  readonly isEmpty: boolean;
  /** How many of what it lists have documents. */
  readonly standing: number;
  readonly limit: BrakeLimit;
}

/** One that the listing does not hold any more, as it is planned. */
export interface GoneFacts {
  readonly plan: Pick<DocumentPlan, 'remember' | 'proposals'>;
  /** People have been told of it: what is asked again is no news. */
  readonly isParked: boolean;
}

/**
 * Trips where people would be asked about more documents at once than the limit allows, because a listing holds no more
 * what they stand for; or about more than a few, and the listing is empty.
 */
export function goneBrakes(
  gone: readonly GoneFacts[],
  { title, isEmpty, standing, limit }: WatchedSubjects,
): Brake[] {
  const news = gone.filter(
    ({ plan, isParked }) => plan.remember.length > 0 || (plan.proposals.length > 0 && !isParked),
  ).length;
  const isBelieved = news <= allowed(limit, standing) && !(isEmpty && news > A_FEW);
  if (isBelieved) return [];
  const message = isEmpty
    ? `Zoho lists no ${title}, of which ${news} are in Xero`
    : `Zoho lists ${news} of ${standing} ${title} in Xero no longer`;
  return [{ name: 'shrink', code: 'BRAKE_SIDE_SHRUNK', message }];
}
