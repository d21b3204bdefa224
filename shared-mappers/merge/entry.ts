import { ELEMENT_SEPARATOR } from '../mapping/codecs/set.ts';
import type { CompiledRule } from '../mapping/compiled-rule.ts';
import { type FingerprintKey, fingerprint } from '../model/fingerprint.ts';
import type { EntryOf } from './decision.ts';

/** Base entries under one key. A set's entry names each element, so that it can be merged element by element. */
export function entriesUnder(key: FingerprintKey): EntryOf {
  return (rule: CompiledRule, value: string): string => {
    if (rule.type !== 'set' || value === '') return fingerprint(key, value);
    let entry = '';
    for (const element of value.split(ELEMENT_SEPARATOR)) {
      entry += entry === '' ? fingerprint(key, element) : `.${fingerprint(key, element)}`;
    }
    return entry;
  };
}
