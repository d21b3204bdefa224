import { XERO_CAPABILITIES } from './capabilities.ts';

/**
 * Cuts values that travel in the address into runs that one call takes.
 *
 * @param inQuery how a value is written there; its length counts, percent-encoded, with a separator
 */
export function chunksForQuery(
  values: readonly string[],
  inQuery: (value: string) => string = (value) => value,
): string[][] {
  const { lookupBatch, maxQueryLength } = XERO_CAPABILITIES;
  const chunks: string[][] = [];
  let length = Number.POSITIVE_INFINITY;
  let chunk: string[] = [];
  for (const value of values) {
    const added = encodeURIComponent(inQuery(value)).length + SEPARATOR_LENGTH;
    if (chunk.length >= lookupBatch || length + added > maxQueryLength) {
      chunk = [];
      chunks.push(chunk);
      length = 0;
    }
    chunk.push(value);
    length += added;
  }
  return chunks;
}

/** `%2C`, or ` OR ` and its like percent-encoded. */
const SEPARATOR_LENGTH = 10;
