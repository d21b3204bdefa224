import { entriesUnder } from '../merge/entry.ts';
import { baseIn, NO_BASE } from '../model/base.ts';
import type { FingerprintKey } from '../model/fingerprint.ts';
import type { BaseHome } from './base-home.ts';

/** The base lies with the link in the store, which commits it together with each answered write. */
export function storeHome(key: FingerprintKey): BaseHome {
  return {
    entryOf: entriesUnder(key),
    baseOf: ({ link }) => (link === undefined ? NO_BASE : baseIn(link.base)),
  };
}
