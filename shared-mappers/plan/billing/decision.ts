/**
 * What a person may answer to a difference that we must not write ourselves. `next-invoice`: bill it on a further
 * document. `free`: a voided document's lines may be billed again. `settled`: it was seen to in the accounts by
 * hand, count it as billed.
 */
export const BILLING_ANSWERS = ['next-invoice', 'free', 'settled'] as const;
export type BillingAnswer = (typeof BILLING_ANSWERS)[number];

export interface BillingDecision {
  readonly documentNumber: string;
  readonly answer: BillingAnswer;
  /** Key of the difference that was seen: `settled` counts for that one only, whatever has been logged since. */
  readonly of?: string;
}
