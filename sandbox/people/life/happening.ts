import type { PeopleParts } from '../../parts.ts';
import type { Dice } from '../dice.ts';
import type { Pair, Population } from './population.ts';

/** What a kind of happening works with. */
export interface Day {
  parts: PeopleParts;
  dice: Dice;
  people: Population;
  /** Lets time pass on the sandbox's clock. */
  wait(ms: number): void;
  /** A number no other happening of the day has. */
  serial(): string;
}

/** What happened, with the records it happened to and the fields it touched. */
export interface Happening {
  contact?: string;
  lead?: string;
  /** The member's contact_id. */
  member?: string;
  /** Field names of the side they were changed on. */
  fields?: string[];
  /** Whatever else tells one from another, e.g. how far apart two edits were. */
  note?: string;
}

/** One kind of thing that people do on a day. */
export interface HappeningKind {
  kind: string;
  /** How often compared with the others. */
  weight: number;
  /** Does it; undefined when there is nobody left it could happen to. */
  happen(day: Day): Happening | undefined;
}

/** A kind that happens to somebody whom both sides know. */
export function kindOn(
  kind: string,
  weight: number,
  happen: (day: Day, pair: Pair) => Happening,
): HappeningKind {
  return {
    kind,
    weight,
    happen: (day) => {
      const pair = day.people.pair();
      if (pair === undefined) return undefined;
      return { contact: pair.contactId, member: pair.member.contactId, ...happen(day, pair) };
    },
  };
}
