import { entriesUnder } from '../merge/entry.ts';
import { RememberedText } from '../merge/remembered.ts';
import type { FingerprintKey } from '../model/fingerprint.ts';
import type { BaseHome } from './base-home.ts';

/** The base lies with the link in the store, which commits it together with each answered write. */
export function storeHome(key: FingerprintKey): BaseHome {
  return {
    entryOf: entriesUnder(key),
    baseOf: ({ link }) => new RememberedText(link?.base ?? '', key),
  };
}
