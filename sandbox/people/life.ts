import type { PeopleParts } from '../parts.ts';
import { Dice } from './dice.ts';
import { comingsAndGoings } from './life/comings-and-goings.ts';
import { edits } from './life/edits.ts';
import type { Day, Happening, HappeningKind } from './life/happening.ts';
import { Population } from './life/population.ts';

export interface LifeOptions {
  /** Same seed on the same records, same day. Default 1. */
  seed?: number | undefined;
  /** How many things happen. */
  edits: number;
}

/** What people did, in order. */
export interface LifeManifest {
  seed: number;
  /** How often each kind happened. */
  counts: Record<string, number>;
  happenings: ReadonlyArray<Happening & { kind: string }>;
}

const KINDS: readonly HappeningKind[] = [...edits, ...comingsAndGoings];
const TOTAL_WEIGHT = KINDS.reduce((sum, { weight }) => sum + weight, 0);
/** A working day: the sandbox's clock moves on by about so much. */
const DAY_MS = 8 * 3600_000;

/**
 * A day in the lives of the people at both systems' screens: edits, opt-outs, joiners and leavers, one to a person,
 * spread over eight hours of the sandbox's clock. On a day long enough each kind happens once before any chance
 * decides. Ends early when there is nobody left for anything to happen to.
 */
export function liveDay(parts: PeopleParts, { seed = 1, edits: count }: LifeOptions): LifeManifest {
  const dice = new Dice(seed);
  let serial = 0;
  const day: Day = {
    parts,
    dice,
    people: new Population(parts, dice),
    wait: (ms) => parts.world.clock.advance(ms),
    serial: () => `${seed}x${++serial}`,
  };
  const pauseMs = Math.floor(DAY_MS / Math.max(count, 1));
  const counts: Record<string, number> = Object.fromEntries(KINDS.map(({ kind }) => [kind, 0]));
  const happenings: Array<Happening & { kind: string }> = [];
  const due = count >= KINDS.length ? dice.shuffled(KINDS) : [];
  for (let misses = 0; happenings.length < count && misses < 50; ) {
    const drawn = due.pop() ?? drawKind(dice.whole(TOTAL_WEIGHT));
    day.wait(pauseMs);
    const happening = drawn?.happen(day);
    if (drawn === undefined || happening === undefined) {
      misses += 1;
      continue;
    }
    misses = 0;
    counts[drawn.kind] = (counts[drawn.kind] ?? 0) + 1;
    happenings.push({ kind: drawn.kind, ...happening });
  }
  return { seed, counts, happenings };
}

function drawKind(ticket: number): HappeningKind | undefined {
  let left = ticket;
  for (const kind of KINDS) {
    if (left < kind.weight) return kind;
    left -= kind.weight;
  }
  return undefined;
}
