import type { FieldSchema } from '../../model/field-schema.ts';
import { decodeBoolean } from '../codecs/boolean.ts';
import type { FieldPair, PairCodec } from '../codecs/codec.ts';
import { picklistCodec, unknownChoice } from '../codecs/picklist.ts';
import type { ElementLookup } from '../codecs/set.ts';
import { textOf, tidyText } from '../codecs/tidy-text.ts';
import type { Unwritable } from '../unwritable.ts';

/** The left's words by the right's: a closed table, recognised in any case. */
export interface LookupTable extends ElementLookup {
  /** Words of the right that several words of the left stand for: these cannot be read backwards. */
  readonly ambiguous: readonly string[];
}

export function lookupTable(entries: Readonly<Record<string, string>>): LookupTable {
  const toCanonical = new Map<string, string>();
  const toLeft = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const [left, right] of Object.entries(entries)) {
    const word = tidyText(right);
    toCanonical.set(tidyText(left).toLowerCase(), word);
    if (toLeft.has(word.toLowerCase())) ambiguous.add(word);
    else toLeft.set(word.toLowerCase(), left);
  }
  return {
    toCanonical: (left) => toCanonical.get(left.toLowerCase()),
    toLeft: (canonical) => toLeft.get(canonical.toLowerCase()),
    words: [...new Set(toCanonical.values())],
    ambiguous: [...ambiguous],
  };
}

/** Marks a word of the left that the table does not have, so that it equals no word of the right. */
const UNLISTED = '\u001a';

/** Choices translated by a table. The canonical value is the right's word. */
export function lookupCodec(pair: FieldPair, table: LookupTable): PairCodec {
  const right = picklistCodec({ ...pair, left: pair.right }).right;
  const unknownOnRight = unknownChoice(pair.right);
  const unknownOnLeft = unknownChoice(pair.left);
  const spellLeft = leftSpelling(pair.left);
  return {
    left: {
      decode: (raw) => {
        const text = pair.left.kind === 'boolean' ? decodeBoolean(raw) : textOf(raw);
        if (text === '') return '';
        const word = table.toCanonical(text);
        return word === undefined ? UNLISTED + text : right.decode(word);
      },
      encode: (canonical) => {
        if (canonical === '') return pair.left.empty;
        const word = table.toLeft(canonical);
        return word === undefined ? unknownOnLeft : spellLeft(word);
      },
    },
    right: {
      decode: right.decode,
      encode: (canonical) => (canonical.startsWith(UNLISTED) ? unknownOnRight : right.encode(canonical)),
    },
  };
}

function leftSpelling(field: FieldSchema): (word: string) => string | number | boolean | Unwritable {
  const unknown = unknownChoice(field);
  switch (field.kind) {
    case 'boolean':
      return (word) =>
        decodeBoolean(word) === 'true' ? true : decodeBoolean(word) === 'false' ? false : unknown;
    case 'number':
      return (word) => (Number.isFinite(Number(word)) ? Number(word) : unknown);
    default:
      return (word) => word;
  }
}
