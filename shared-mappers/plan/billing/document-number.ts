/** `ZP-<subject>`, then `ZP-<subject>-2`, …: found again by it, whatever became of the answer. At most 255 long. */
export function documentNumber(prefix: string, subject: string, turn: number): string {
  return turn === 1 ? `${prefix}-${subject}` : `${prefix}-${subject}-${turn}`;
}

/** The turn of a number of the subject; undefined where it is none of it. */
export function turnOf(prefix: string, subject: string, number: string): number | undefined {
  const first = `${prefix}-${subject}`;
  if (number === first) return 1;
  if (!number.startsWith(`${first}-`)) return undefined;
  const turn = number.slice(first.length + 1);
  return /^[1-9]\d{0,5}$/.test(turn) && turn !== '1' ? Number(turn) : undefined;
}

/**
 * The numbers to look up before a subject is planned: those remembered and the next one, which may stand in the
 * accounts although nothing is remembered of it.
 */
export function numbersToLookUp(prefix: string, subject: string, known: Iterable<string>): string[] {
  const turns = [...known]
    .map((number) => turnOf(prefix, subject, number))
    .filter((turn) => turn !== undefined);
  const last = Math.max(0, ...turns);
  const numbers = new Set(turns.sort((a, b) => a - b).map((turn) => documentNumber(prefix, subject, turn)));
  return [...numbers, documentNumber(prefix, subject, last + 1)];
}
