import type { HeldDocument } from '../../../model/billing/document.ts';

export function isVoid(held: HeldDocument | undefined): boolean {
  return held?.status === 'voided' || held?.status === 'deleted';
}
