import type { Instant } from '../../model/instant.ts';

interface Listed {
  readonly modifiedAt?: Instant;
}

export interface Part<Record> {
  readonly records: readonly Record[];
  /** Where the next part begins; undefined after the last. */
  readonly next: Instant | undefined;
}

/**
 * What one poll takes of a listing: about so many records, from a moment of modification on. Records of one moment stay
 * together, so that a moment alone says where the next part begins. What does not say when it was modified is the oldest.
 *
 * @param listed everything modified at or after `from`, in any order; or its oldest, more than `most` of them and of two
 * moments at least
 */
export function partOf<Record extends Listed>(
  listed: readonly Record[],
  from: Instant,
  most: number,
): Part<Record> {
  const at = ({ modifiedAt = 0 }: Listed): Instant => modifiedAt;
  const rest = listed.filter((record) => at(record) >= from).toSorted((a, b) => at(a) - at(b));
  const [oldest] = rest;
  const over = rest.slice(most).map(at);
  const next = oldest === undefined ? undefined : over.find((moment) => moment > at(oldest));
  return { records: next === undefined ? rest : rest.filter((record) => at(record) < next), next };
}
