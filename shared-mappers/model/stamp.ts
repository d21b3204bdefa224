import type { Instant } from './instant.ts';

/** One field's part of a stamp: when it was last agreed on, counted in generations, and on what. */
export interface StampEntry {
  /** 0 to 63, counted round: 0 comes after 63. */
  readonly generation: number;
  /** 6 characters. */
  readonly entry: string;
}

/** The base as one record carries it. */
export interface Stamp {
  /** Modification time of the other side's record as last taken in, to the second. */
  readonly takenIn: Instant;
  /** By rule key, 4 characters. */
  readonly entries: ReadonlyMap<string, StampEntry>;
}

/** A Mailchimp text merge field holds 255 bytes. */
export const STAMP_BYTES = 255;
const HEAD = 7;
export const STAMP_KEY = 4;
export const STAMP_ENTRY = 6;
const STEP = STAMP_KEY + 1 + STAMP_ENTRY;
/** Most fields one stamp can remember. */
export const STAMP_FIELDS = Math.floor((STAMP_BYTES - HEAD) / STEP);

const VERSION = '1';
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const GENERATIONS = 64;

export const NO_STAMP: Stamp = { takenIn: 0, entries: new Map() };

export function encodeStamp({ takenIn, entries }: Stamp): string {
  let text = VERSION;
  for (let seconds = Math.floor(takenIn / 1000), i = 0; i < HEAD - 1; i++) {
    text += DIGITS.charAt(seconds % 64);
    seconds = Math.floor(seconds / 64);
  }
  for (const [key, { generation, entry }] of entries) text += key + DIGITS.charAt(generation) + entry;
  return text;
}

/** What stands in a stamp field. Anything that is no stamp of this version reads as none: the pair meets anew. */
export function decodeStamp(text: string): Stamp {
  if (!text.startsWith(VERSION) || text.length < HEAD || (text.length - HEAD) % STEP !== 0) return NO_STAMP;
  let seconds = 0;
  for (let i = HEAD - 1; i > 0; i--) seconds = seconds * 64 + DIGITS.indexOf(text.charAt(i));
  const entries = new Map<string, StampEntry>();
  for (let at = HEAD; at < text.length; at += STEP) {
    const generation = DIGITS.indexOf(text.charAt(at + STAMP_KEY));
    entries.set(text.slice(at, at + STAMP_KEY), {
      generation,
      entry: text.slice(at + STAMP_KEY + 1, at + STEP),
    });
  }
  return { takenIn: seconds * 1000, entries };
}

/** Positive when `a` is the later generation. Half of the circle counts as later. */
export function compareGenerations(a: number, b: number): number {
  const ahead = (a - b + GENERATIONS) % GENERATIONS;
  if (ahead === 0) return 0;
  return ahead < GENERATIONS / 2 ? 1 : -1;
}

export function nextGeneration(generation: number | undefined): number {
  return generation === undefined ? 0 : (generation + 1) % GENERATIONS;
}
