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

/** Whether a run would do something about it, or ask people, that they do not know of yet. */
export function isNews({ plan, isParked }: GoneFacts): boolean {
  return plan.remember.length > 0 || (plan.proposals.length > 0 && !isParked);
}

/**
 * Trips where a listing holds more of what has documents no longer than the limit allows; or none of more than a few, and
 * is empty.
 *
 * @param gone how many of them nobody knows of yet
 */
export function goneBrakes(gone: number, { title, isEmpty, standing, limit }: WatchedSubjects): Brake[] {
  const isBelieved = gone <= allowed(limit, standing) && !(isEmpty && gone > A_FEW);
  if (isBelieved) return [];
  const message = isEmpty
    ? `Zoho lists no ${title}, of which ${gone} are in Xero`
    : `Zoho lists ${gone} of ${standing} ${title} in Xero no longer`;
  return [{ name: 'shrink', code: 'BRAKE_SIDE_SHRUNK', message }];
}
