import { decimal } from '../../model/billing/decimal.ts';
import type { DesiredDocument, HeldDocument } from '../../model/billing/document.ts';
import { type BillingIssue, failure } from './billing-issue.ts';

/** Whether the accounts reckoned as we did: the document is kept as it is, and the difference told. */
export function checkHeld(desired: DesiredDocument, held: HeldDocument): BillingIssue | undefined {
  const differs = (['subTotal', 'totalTax', 'total'] as const).filter(
    (sum) => !decimal(desired[sum]).eq(held[sum]),
  );
  const [first] = differs;
  if (first === undefined) return undefined;
  return {
    ...failure(
      'TOTAL_DIFFERS',
      `${held.number}: the accounts hold ${held[first]} as ${IN_WORDS[first]}, we reckon ${desired[first]}`,
    ),
    documentNumber: held.number,
  };
}

const IN_WORDS = { subTotal: 'subtotal', totalTax: 'tax', total: 'total' } as const;
