/**
 * `ZP-123`, then `ZP-123-2`, …: found again by it, whatever became of the answer.
 *
 * @param first the subject's first number. @param turn from 1.
 */
export function documentNumber(first: string, turn: number): string {
  return turn === 1 ? first : `${first}-${turn}`;
}

/** The turn of a number of the subject; undefined where it is none of it. */
export function turnOf(first: string, number: string): number | undefined {
  if (number === first) return 1;
  if (!number.startsWith(`${first}-`)) return undefined;
  const turn = number.slice(first.length + 1);
  return /^[1-9]\d{0,5}$/.test(turn) && turn !== '1' ? Number(turn) : undefined;
}

/**
 * The numbers to look up before a subject is planned: those remembered and the next one, which may stand in the
 * accounts although nothing is remembered of it.
 */
export function numbersToLookUp(first: string, known: Iterable<string>): string[] {
  const numbers = new Set(known);
  const turns = [...numbers].map((number) => turnOf(first, number) ?? 1);
  numbers.add(documentNumber(first, Math.max(0, ...turns) + 1));
  return [...numbers];
}
