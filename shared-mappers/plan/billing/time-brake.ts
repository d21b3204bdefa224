import { allowed, type Brake } from '../brakes.ts';
import type { BrakeLimit } from '../contact-options.ts';

/** What would lose its time because the project tool lists it no longer, or not as due. */
export interface LosingTime {
  readonly standing: number;
  readonly emptied: number;
}

/** Trips where more would be taken back than people take back in a day: a listing may have come back short. */
export function timeBrakes(parts: readonly LosingTime[], limit: BrakeLimit): Brake[] {
  const standing = parts.reduce((sum, part) => sum + part.standing, 0);
  const emptied = parts.reduce((sum, part) => sum + part.emptied, 0);
  if (emptied <= allowed(limit, standing)) return [];
  const message = `${emptied} time entries and timesheets would lose their time, of ${standing} there are`;
  return [{ name: 'deletes', code: 'BRAKE_DELETES', message }];
}
