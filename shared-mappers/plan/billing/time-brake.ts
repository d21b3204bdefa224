import { allowed, type Brake } from '../brakes.ts';
import type { BrakeLimit } from '../contact-options.ts';

/** Time that would be taken back because the project tool lists it no longer, or not as due. */
export interface LosingTime {
  /** Logs that stand in the accounts. */
  readonly standing: number;
  /** Those of them that would leave. */
  readonly leaving: number;
  /** Listings that came without a single log. */
  readonly empty: readonly EmptyListing[];
}

export interface EmptyListing {
  /** `time logs of Website`, for people. */
  readonly title: string;
  readonly leaving: number;
  /** So many may leave for it without anybody being asked. */
  readonly unasked: number;
}

/**
 * Trips where more would be taken back than people take back in a day, or more than a few for an empty listing: one may
 * have come back short.
 */
export function timeBrakes(parts: readonly LosingTime[], limit: BrakeLimit): Brake[] {
  const standing = parts.reduce((sum, part) => sum + part.standing, 0);
  const leaving = parts.reduce((sum, part) => sum + part.leaving, 0);
  const empty = parts.flatMap((part) => part.empty).find((one) => one.leaving > one.unasked);
  if (empty === undefined && leaving <= allowed(limit, standing)) return [];
  const message =
    empty === undefined
      ? `${leaving} logs would leave their time entries and timesheets, of ${standing} that stand there`
      : `Zoho lists no ${empty.title}, of which ${empty.leaving} are in Xero`;
  return [{ name: 'deletes', code: 'BRAKE_DELETES', message }];
}
