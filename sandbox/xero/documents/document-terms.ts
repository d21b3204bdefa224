import type { LineAmountTypes } from '../books/line-item.ts';

/** What a document says about all of its lines. */
export interface DocumentTerms {
  readonly kind: 'ACCREC' | 'ACCPAY' | 'SPEND' | 'RECEIVE';
  readonly lineAmountTypes: LineAmountTypes;
  /** Places of unit amounts: 2, or 4 with `unitdp=4`. */
  readonly unitPlaces: 2 | 4;
  /** Drafts may be incomplete; what is submitted or posted may not. */
  readonly isComplete: boolean;
}

/** Places for unit amounts that a call opts in to. */
export function unitPlacesOf(unitdp: string | undefined): 2 | 4 {
  return unitdp === '4' ? 4 : 2;
}
