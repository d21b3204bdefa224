import type { BillingOutcome } from '@stackbridge/shared-mappers/sync/stateless/billing/billing-outcome.ts';
import type { IDataObject } from 'n8n-workflow';
import { adviceFor } from '../errors/node-error.ts';

/** What a billing run came to for one milestone, log, expense or invoice, for the nodes that follow. */
export function billingItem(outcome: BillingOutcome): IDataObject {
  const { because = '', write, documents, issues, ...named } = outcome;
  const item: IDataObject = JSON.parse(
    JSON.stringify({
      ...named,
      because,
      action: write?.action ?? '',
      written: write?.written ?? false,
      preview: write?.preview ?? null,
      documents: documents.map(({ kind, id, number, status, total, currency }) => ({
        kind,
        id,
        number,
        status,
        total,
        currency,
      })),
      issues: issues.map((issue) => ({ ...issue, next: adviceFor(issue) })),
    }),
  );
  return item;
}
