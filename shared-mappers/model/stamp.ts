import type { Instant } from './instant.ts';

/** One field's part of a stamp: when it was last agreed on, counted in generations, and on what. */
export interface StampEntry {
  /** 0 to 2047, counted round: 0 comes after 2047. */
  readonly generation: number;
  /** The value was on its way to both sides at once: it is agreed on only where both stamps say so. */
  readonly half: boolean;
  /** 5 characters: two values of a field share it with a chance of 1 in 1e9. */
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
const COUNT = 2;
export const STAMP_ENTRY = 5;
const STEP = STAMP_KEY + COUNT + STAMP_ENTRY;
/** Most fields one stamp can remember. */
export const STAMP_FIELDS = Math.floor((STAMP_BYTES - HEAD) / STEP);

const VERSION = '1';
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const GENERATIONS = 2048;
/** Short keys and entries are filled up with dots. */
const SHAPE = /^1[\w-]{6}([\w.-]{4}[\w-]{2}[\w.-]{5})*$/;

/** Its state is one that the stamp's record has not taken in yet. */
export function isLater({ modifiedAt }: { readonly modifiedAt: Instant }, { takenIn }: Stamp): boolean {
  return toSecond(modifiedAt) > takenIn;
}

export function toSecond(at: Instant): Instant {
  return Math.floor(at / 1000) * 1000;
}

export const NO_STAMP: Stamp = { takenIn: 0, entries: new Map() };

export function encodeStamp({ takenIn, entries }: Stamp): string {
  let text = VERSION + digits(Math.floor(takenIn / 1000), HEAD - 1);
  for (const [key, { generation, half, entry }] of entries) {
    text += key + digits(generation * 2 + (half ? 1 : 0), COUNT) + entry;
  }
  return text;
}

/** What stands in a stamp field. Anything that is no stamp of this version reads as none: the pair meets anew. */
export function decodeStamp(text: string): Stamp {
  if (!SHAPE.test(text)) return NO_STAMP;
  const entries = new Map<string, StampEntry>();
  for (let at = HEAD; at < text.length; at += STEP) {
    const count = numberIn(text.slice(at + STAMP_KEY, at + STAMP_KEY + COUNT));
    entries.set(text.slice(at, at + STAMP_KEY), {
      generation: count >> 1,
      half: count % 2 === 1,
      entry: text.slice(at + STAMP_KEY + COUNT, at + STEP),
    });
  }
  return { takenIn: numberIn(text.slice(1, HEAD)) * 1000, entries };
}

/** Lowest digit first. */
function digits(value: number, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest = Math.floor(rest / 64)) text += DIGITS.charAt(rest % 64);
  return text;
}

function numberIn(text: string): number {
  let value = 0;
  for (let at = text.length - 1; at >= 0; at--) value = value * 64 + DIGITS.indexOf(text.charAt(at));
  return value;
}

/**
 * How many generations `a` is ahead of `b`; negative where it is behind. Half of the circle counts as ahead, so two
 * stamps must not come further apart than that.
 */
export function generationsAhead(a: number, b: number): number {
  const ahead = (a - b + GENERATIONS) % GENERATIONS;
  return ahead < GENERATIONS / 2 ? ahead : ahead - GENERATIONS;
}

export function nextGeneration(generation: number | undefined): number {
  return generation === undefined ? 0 : (generation + 1) % GENERATIONS;
}
