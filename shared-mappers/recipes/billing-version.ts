import { fingerprint, fingerprintKey } from '../model/fingerprint.ts';
import type { BillingRecipe } from './billing-recipes.ts';

/** Public on purpose: it only has to be the same for the same recipe. */
const KEY = fingerprintKey('62696c6c696e672d76657273696f6e31');

/**
 * Changes with everything that decides what is billed and how, the account map included: what was looked at is then
 * looked at again. How long a run waits, and where it stops, decides nothing of that.
 */
export function billingVersion({ patienceMs: _, brakes: __, ...rest }: BillingRecipe): string {
  return fingerprint(KEY, JSON.stringify(rest));
}
