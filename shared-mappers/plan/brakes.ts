import type { ErrorCode } from '../errors/codes.ts';
import type { BrakeLimit } from './contact-options.ts';

/** What a brake can be told to let through: `--allow deletes,overwrites,shrink,creates`. */
export const BRAKES = ['shrink', 'deletes', 'overwrites', 'creates'] as const;
export type BrakeName = (typeof BRAKES)[number];

export interface Brake {
  readonly name: BrakeName;
  readonly code: Extract<
    ErrorCode,
    'BRAKE_SIDE_SHRUNK' | 'BRAKE_DELETES' | 'BRAKE_OVERWRITES' | 'BRAKE_CREATES'
  >;
  readonly message: string;
}

export interface BrakeFacts {
  /** Pairs linked before this run; on a first run, pairs matched in it. */
  readonly linked: number;
  /** Subjects whose member is to be archived or unsubscribed because its other side was deleted. */
  readonly deletes: number;
  /** Subjects where a value that is not empty is replaced. */
  readonly overwrites: number;
  /** Linked records that a whole listing did not hold, and what the listing came to, by system label. */
  readonly missing: readonly { readonly label: string; readonly linked: number; readonly missing: number }[];
}

/** Brakes that this plan would trip, before anything is written. */
export function brakesOf(
  facts: BrakeFacts,
  limits: Readonly<Record<'deletes' | 'overwrites', BrakeLimit>>,
): Brake[] {
  const brakes: Brake[] = [];
  for (const { label, linked, missing } of facts.missing) {
    if (missing > allowed(limits.deletes, linked)) {
      const message = `${label} lists ${missing} of ${linked} linked records no longer`;
      brakes.push({ name: 'shrink', code: 'BRAKE_SIDE_SHRUNK', message });
    }
  }
  if (facts.deletes > allowed(limits.deletes, facts.linked)) {
    const message = `${facts.deletes} members would be archived or unsubscribed, of ${facts.linked} linked`;
    brakes.push({ name: 'deletes', code: 'BRAKE_DELETES', message });
  }
  if (facts.overwrites > allowed(limits.overwrites, facts.linked)) {
    const message = `${facts.overwrites} records would have a value replaced, of ${facts.linked} linked`;
    brakes.push({ name: 'overwrites', code: 'BRAKE_OVERWRITES', message });
  }
  return brakes;
}

/** How many of so many records may go without anybody being asked. */
export function allowed(limit: BrakeLimit, linked: number): number {
  return Math.max(limit.atLeast, Math.floor(limit.share * linked));
}
