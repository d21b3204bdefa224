import type { CompiledRule } from '@stackbridge/shared-mappers/mapping/compiled-rule.ts';
import { entriesUnder } from '@stackbridge/shared-mappers/merge/entry.ts';
import { fingerprintKey } from '@stackbridge/shared-mappers/model/fingerprint.ts';

/** A text rule between fields of the same name, for tests of what happens after mapping. */
export function ruleOf(changes: Partial<CompiledRule> = {}): CompiledRule {
  const name = changes.name ?? 'Title ↔ TITLE';
  return {
    index: 0,
    name,
    key: 'titl',
    type: 'text',
    direction: 'both',
    drift: 'enforce',
    policy: 'newest',
    keepNonEmpty: false,
    toleranceMs: 120_000,
    isEmail: false,
    read: {
      left: (values) => String(values.Title ?? ''),
      right: (values) => String(values.TITLE ?? ''),
    },
    write: {
      left: (canonical, payload) => {
        payload.Title = canonical === '' ? null : canonical;
        return undefined;
      },
      right: (canonical, payload) => {
        payload.TITLE = canonical;
        return undefined;
      },
    },
    fields: { left: ['Title'], right: ['TITLE'] },
    ...changes,
  };
}

export const entryOf = entriesUnder(fingerprintKey('000102030405060708090a0b0c0d0e0f'));
