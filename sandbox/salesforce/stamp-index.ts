import type { Row } from './row.ts';

interface Bucket {
  stamp: number;
  /** By id; may hold rows that have moved on since. */
  sorted: Row[];
  /** Rows that came after the last sorting. */
  fresh: Row[];
  moved: number;
}

/**
 * Rows by (SystemModstamp, Id). Most writes append to the newest second; reads sort only what is new in the seconds
 * they touch, so that "changed since" costs what changed and not what there is.
 */
export class StampIndex {
  #buckets = new Map<number, Bucket>();
  #stamps: number[] = [];
  #stampsSorted = true;

  add(row: Row): void {
    const stamp = row.SystemModstamp;
    let bucket = this.#buckets.get(stamp);
    if (bucket === undefined) {
      bucket = { stamp, sorted: [], fresh: [], moved: 0 };
      this.#buckets.set(stamp, bucket);
      const last = this.#stamps.at(-1);
      if (last !== undefined && last > stamp) this.#stampsSorted = false;
      this.#stamps.push(stamp);
    }
    bucket.fresh.push(row);
  }

  /** Tells that a row no longer has the stamp it had; call before or after changing the row itself. */
  leave(stamp: number): void {
    const bucket = this.#buckets.get(stamp);
    if (bucket !== undefined) bucket.moved += 1;
  }

  /** Rows with from <= stamp <= to, in order of stamp and id. */
  *range(from: number, to: number): Generator<Row> {
    for (const bucket of this.#between(from, to)) yield* tidied(bucket);
  }

  /** The same from the newest to the oldest. */
  *rangeReversed(from: number, to: number): Generator<Row> {
    for (const bucket of [...this.#between(from, to)].reverse()) yield* tidied(bucket).toReversed();
  }

  *#between(from: number, to: number): Generator<Bucket> {
    if (!this.#stampsSorted) {
      this.#stamps.sort((a, b) => a - b);
      this.#stampsSorted = true;
    }
    const stamps = this.#stamps.slice(lowerBound(this.#stamps, from));
    for (const stamp of stamps) {
      if (stamp > to) return;
      const bucket = this.#buckets.get(stamp);
      if (bucket !== undefined) yield bucket;
    }
  }
}

function tidied(bucket: Bucket): Row[] {
  if (bucket.moved > 0) {
    const stays = (row: Row): boolean => row.SystemModstamp === bucket.stamp;
    bucket.sorted = bucket.sorted.filter(stays);
    bucket.fresh = bucket.fresh.filter(stays);
    bucket.moved = 0;
  }
  if (bucket.fresh.length > 0) {
    bucket.fresh.sort(byId);
    bucket.sorted = merge(bucket.sorted, bucket.fresh);
    bucket.fresh = [];
  }
  return bucket.sorted;
}

/** Merges two sorted lists; a row that left a second and came back is in both, once is enough. */
function merge(left: Row[], right: Row[]): Row[] {
  const merged: Row[] = [];
  let l = 0;
  let r = 0;
  while (l < left.length || r < right.length) {
    const a = left[l];
    const b = right[r];
    const next = b === undefined || (a !== undefined && a.Id <= b.Id) ? a : b;
    if (next === a) l += 1;
    if (next === b) r += 1;
    if (next !== undefined && merged.at(-1) !== next) merged.push(next);
  }
  return merged;
}

function byId(a: Row, b: Row): number {
  return a.Id < b.Id ? -1 : a.Id > b.Id ? 1 : 0;
}

function lowerBound(sorted: readonly number[], wanted: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const value = sorted[middle];
    if (value !== undefined && value < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
