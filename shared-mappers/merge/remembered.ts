import { ELEMENT_SEPARATOR } from '../mapping/codecs/set.ts';
import type { CompiledRule } from '../mapping/compiled-rule.ts';
import { type Base, BaseText } from '../model/base.ts';
import { FINGERPRINT_LENGTH, type FingerprintKey, isFingerprintAt } from '../model/fingerprint.ts';
import type { EntryOf } from './decision.ts';

/** The base of one pair, to be asked whether a field still has the value that both sides last agreed on. */
export interface Remembered extends Base {
  /** Whether the entry of this rule is the one of this value; false where there is none. */
  says(rule: CompiledRule, value: string): boolean;
}

/** Entries as `entriesUnder` makes them, compared where they stand: a first sync asks for every field of every pair. */
export class RememberedText extends BaseText implements Remembered {
  readonly #key: FingerprintKey;

  constructor(text: string, key: FingerprintKey) {
    super(text);
    this.#key = key;
  }

  says(rule: CompiledRule, value: string): boolean {
    const start = this.startOf(rule.key);
    if (start < 0) return false;
    if (rule.type === 'set' && value !== '') return this.#saysSet(start, value);
    return isFingerprintAt(start, this.text, this.#key, value) && this.endsAt(start + FINGERPRINT_LENGTH);
  }

  #saysSet(start: number, value: string): boolean {
    let at = start;
    let from = 0;
    for (;;) {
      const found = value.indexOf(ELEMENT_SEPARATOR, from);
      const to = found < 0 ? value.length : found;
      if (!isFingerprintAt(at, this.text, this.#key, value, from, to)) return false;
      at += FINGERPRINT_LENGTH;
      if (found < 0) return this.endsAt(at);
      if (this.text[at] !== '.') return false;
      at += 1;
      from = found + ELEMENT_SEPARATOR.length;
    }
  }
}

/** A base that is at hand entry by entry. */
export class RememberedEntries implements Remembered {
  readonly #entries: Base;
  readonly #entryOf: EntryOf;

  constructor(entries: Base, entryOf: EntryOf) {
    this.#entries = entries;
    this.#entryOf = entryOf;
  }

  get(key: string): string | undefined {
    return this.#entries.get(key);
  }

  says(rule: CompiledRule, value: string): boolean {
    return this.#entries.get(rule.key) === this.#entryOf(rule, value);
  }

  [Symbol.iterator](): Iterator<readonly [key: string, entry: string]> {
    return this.#entries[Symbol.iterator]();
  }
}
