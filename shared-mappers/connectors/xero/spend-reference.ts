/**
 * Spend money has no number of its own: ours is the first word of its reference, and what the reference says follows.
 */
export function joinReference(number: string, reference: string): string {
  return `${number} ${reference}`.trim().slice(0, LONGEST_REFERENCE);
}

export function splitReference(text: string): { number: string; reference: string } {
  const [number = '', ...rest] = text.trim().split(' ');
  return { number, reference: rest.join(' ') };
}

/** As Xero's own screen. */
const LONGEST_REFERENCE = 255;
