import type { FieldSchema } from '../../model/field-schema.ts';

/** How much text fits. Salesforce counts UTF-16 units, Mailchimp bytes of UTF-8; infinite where there is no limit. */
export interface Capacity {
  readonly characters: number;
  readonly bytes: number;
}

type Limited = Pick<FieldSchema, 'maxLength' | 'lengthUnit'>;

/** What fits all of the fields. */
export function capacityOf(...fields: readonly Limited[]): Capacity {
  let characters = Number.POSITIVE_INFINITY;
  let bytes = Number.POSITIVE_INFINITY;
  for (const { maxLength = Number.POSITIVE_INFINITY, lengthUnit } of fields) {
    if (lengthUnit === 'bytes') bytes = Math.min(bytes, maxLength);
    else characters = Math.min(characters, maxLength);
  }
  return { characters, bytes };
}

/** UTF-16 units that fit whatever they say: one takes three bytes at most. */
export function lengthThatSurelyFits({ characters, bytes }: Capacity): number {
  return Math.min(characters, Math.floor(bytes / 3));
}

export function fits(text: string, capacity: Capacity): boolean {
  if (text.length > capacity.characters) return false;
  // A UTF-16 unit takes three bytes at most.
  return text.length * 3 <= capacity.bytes || lengthThatFits(text, capacity) === text.length;
}

/** The text up to its last whole grapheme that fits, without the blanks the cut leaves at its end. */
export function cutToFit(text: string, capacity: Capacity): string {
  if (text.length <= capacity.characters && text.length * 3 <= capacity.bytes) return text;
  const length = lengthThatFits(text, capacity);
  return length === text.length ? text : text.slice(0, graphemeStart(text, length)).trimEnd();
}

/** UTF-16 units that fit, never half of a surrogate pair. */
function lengthThatFits(text: string, capacity: Capacity): number {
  let bytes = 0;
  let at = 0;
  while (at < text.length) {
    const point = text.codePointAt(at) ?? 0;
    const units = point > 0xffff ? 2 : 1;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    if (bytes > capacity.bytes || at + units > capacity.characters) break;
    at += units;
  }
  return at;
}

let graphemes: Intl.Segmenter | undefined;

/** The start of the grapheme that a cut at `at` would split; `at` itself where it splits none. */
function graphemeStart(text: string, at: number): number {
  if (at === 0 || (text.charCodeAt(at) < 0x300 && text.charCodeAt(at) >= 0x20)) return at;
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  const start = graphemes.segment(text).containing(at)?.index ?? at;
  // One grapheme longer than the field (stacked marks) is cut between its code points rather than lost.
  return start === 0 ? at : start;
}
